import type { Coordinates } from "../domain/place.ts";
import type { UnassignedShipment, UnmappedItem } from "../domain/plan.ts";
import { keepGroupsWhole, type Sorted } from "./prepare/broken-groups.ts";
import { type Cargo, readCargo } from "./prepare/cargo.ts";
import { type PlanClock, readClock } from "./prepare/clock.ts";
import { type Conditions, readConditions } from "./prepare/conditions.ts";
import type { Consignment } from "./prepare/consignment.ts";
import { type FleetVehicle, readFleet } from "./prepare/fleet.ts";
import { type KeptTable, keepWhere, readKept } from "./prepare/kept.ts";
import type { MaterialKnowledge } from "./prepare/materials.ts";
import { amountsOf, type GivenSplits, giveParts, loadsOfParts, readSplits } from "./prepare/parts.ts";
import { findPlaces, type PlaceTable, planPositions, travelBetweenPlaces } from "./prepare/places.ts";
import { type Candidate, keyOf, type PlanRequest, refuseSecondIdentifiers } from "./prepare/request.ts";
import { measureRoom, type Room } from "./prepare/room.ts";
import { type Refusal, screen } from "./prepare/screen.ts";
import { classesOf, readSeparation, type Separation } from "./prepare/separation.ts";
import { type Grain, joined, makeGivenStops, makeStops, type PlannedStop } from "./prepare/stops.ts";
import { tabulate } from "./prepare/tables.ts";
import { readVehicleTerms, type VehicleTerms } from "./prepare/vehicle-terms.ts";
import type { Problem, Travel } from "./problem.ts";
import { measureTravel, travelBetween } from "./travel.ts";

/** A problem for the search, with all that is needed to read its solution as a plan. */
export type PreparedPlan = {
  problem: Problem;
  /** What each stop of the problem stands for, [stop]. */
  stops: PlannedStop[];
  consignments: Consignment[];
  places: PlaceTable;
  fleet: FleetVehicle[];
  cargo: Cargo;
  room: Room;
  clock: PlanClock;
  /** When and how far each vehicle may drive, [vehicle]. */
  terms: VehicleTerms[];
  request: PlanRequest;
  grain: Grain;
  /** Shipments that no search can place. */
  unassigned: UnassignedShipment[];
  /** Those of them that have something to carry, as they would be planned if that were not so. */
  refused: Consignment[];
  unmappedItems: UnmappedItem[];
};

/**
 * Makes a routing problem of shipments and vehicles. `grain` says which shipments share a stop. A Failure
 * `invalid_input` names a quantity, capacity, time, plate or identifier that can't be planned with.
 */
export function preparePlan(request: PlanRequest, grain: Grain = joined): PreparedPlan {
  const { options, vehicles } = request;
  refuseSecondIdentifiers(request.shipments);
  const clock = readClock(options.startAt);
  const candidates = findCandidates(request);
  const shipments = candidates.map(({ shipment }) => shipment);
  const splits = readSplits(options, request.shipments);
  const { fleet, cargo, separation, room } = readGoods(request, candidates, splits);
  const licensePlates = fleet.map(({ licensePlate }) => licensePlate);
  const kept = readKept(request);
  const conditionsOf = readConditions(options, {
    clock,
    licensePlates,
    shipmentIds: request.shipments.map(({ id }) => id),
  });
  const positions = planPositions(options.depot, shipments, vehicles);
  const places = findPlaces(positions, shipments, vehicles);
  const conditions = shipments.map(({ id }, index): Conditions => {
    const classes = classesOf(cargo.loads[index]!, cargo.materials, separation);
    return { ...conditionsOf(id), ...(classes !== 0 && { classes }) };
  });
  const goods = { candidates, conditions, places, cargo, room, licensePlates, separation };
  const screening = { ...goods, splits, kept, isGiven: request.given !== undefined };
  const sorted = keepGroupsWhole(sortOut({ ...screening, allowSplit: options.allowSplit }), conditionsOf);
  const stops = request.given
    ? makeGivenStops(request.given, sorted.consignments)
    : makeStops(sorted.consignments, { room, grain, roll: 10 ** cargo.scale });
  const terms = vehicles.map((vehicle) => readVehicleTerms(vehicle, options, clock));
  const base =
    request.given && !request.travel ? measureTravel(positions) : travelBetween(positions, request.travel);
  const travel = readTravel(base, { places, terms, options });
  const problem = tabulate({
    stops,
    consignments: sorted.consignments,
    room,
    places,
    travel,
    options,
    vehicles,
    terms,
    conflicts: separation.conflicts,
  });
  const unmappedItems = cargo.unmapped.flat();
  const read = { places, fleet, cargo, room, clock, terms, unmappedItems };
  return { problem, stops, request, grain, ...read, ...sorted };
}

type Goods = { fleet: FleetVehicle[]; cargo: Cargo; separation: Separation; room: Room };

/** What is to be carried, what may not meet, and how much of it each vehicle takes. */
function readGoods(request: PlanRequest, candidates: Candidate[], splits: GivenSplits): Goods {
  const { options, vehicles } = request;
  const fleet = readFleet(vehicles);
  const capacities = [...fleet.flatMap(({ capacityOf }) => [...capacityOf.values()]), ...amountsOf(splits)];
  const knowledge = knowledgeOf(request, fleet);
  const cargo = readCargo(candidates, { ...knowledge, capacities });
  const named = vehicles.flatMap(({ materialCapacities }) =>
    materialCapacities.map((one) => one.materialName.trim()),
  );
  const known = new Set([...knowledge.materials, ...cargo.materials, ...named]);
  const separation = readSeparation(options.separateMaterials, known);
  return { fleet, cargo, separation, room: measureRoom(fleet, cargo, options.capacityModel) };
}

type TravelContext = { places: PlaceTable; terms: readonly VehicleTerms[]; options: PlanRequest["options"] };

/**
 * The travel of vehicles that come home, then of those that do not, where there are both and it makes a difference:
 * only the way to a place without a position is not the same for them.
 */
function readTravel(base: Travel, { places, terms, options }: TravelContext): Travel[] {
  const kinds = new Set(terms.map(({ isClosed }) => isClosed));
  const [isClosed = options.returnToDepot] = kinds;
  if (kinds.size < 2 || !places.position.includes(-1)) return [travelBetweenPlaces(base, places, isClosed)];
  return [true, false].map((comesHome) => travelBetweenPlaces(base, places, comesHome));
}

/** The positions that a plan drives between, the depot first: what `request.travel` must be of, in this order. */
export function positionsOf(request: PlanRequest): Coordinates[] {
  return planPositions(
    request.options.depot,
    findCandidates(request).map(({ shipment }) => shipment),
    request.vehicles,
  );
}

/** The shipments of a request that are not excluded. */
function findCandidates({ shipments, excludedShipmentIds = [] }: PlanRequest): Candidate[] {
  const excluded = new Set(excludedShipmentIds.map(keyOf));
  return shipments
    .map((shipment, index) => ({ shipment, field: `shipments[${index}]` }))
    .filter(({ shipment }) => !excluded.has(keyOf(shipment.id)));
}

function knowledgeOf(
  { rules, options, materials = [] }: PlanRequest,
  fleet: readonly FleetVehicle[],
): MaterialKnowledge {
  const ofFleet = fleet.flatMap(({ capacityOf }) => [...capacityOf.keys()]);
  const ofRules = rules.map(({ material }) => material);
  return {
    rules,
    materials: new Set([...ofFleet, ...ofRules, ...materials]),
    ...(options.defaultMaterial !== undefined && { defaultMaterial: options.defaultMaterial }),
  };
}

type Screening = {
  candidates: readonly Candidate[];
  conditions: readonly Conditions[];
  places: PlaceTable;
  cargo: Cargo;
  room: Room;
  licensePlates: readonly string[];
  separation: Separation;
  splits: GivenSplits;
  kept: KeptTable;
  isGiven: boolean;
  allowSplit: boolean;
};

/** Parts what may go on a route from what can't, with the reason. */
function sortOut(screening: Screening): Sorted {
  const consignments: Consignment[] = [];
  const refused: Consignment[] = [];
  const unassigned: UnassignedShipment[] = [];
  for (const [index, { shipment }] of screening.candidates.entries()) {
    const { consignment, refusal } = sortShipment(screening, index);
    if (!refusal) consignments.push(consignment);
    else unassigned.push({ shipmentId: shipment.id, ...refusal });
    if (refusal && consignment.load.some((quantity) => quantity > 0)) refused.push(consignment);
  }
  return { consignments, unassigned, refused };
}

/** One shipment as it may be planned, whole or in parts, and why no plan can hold it where none can. */
function sortShipment(
  { candidates, conditions: all, places, cargo, kept, splits, isGiven, ...fleet }: Screening,
  index: number,
): { consignment: Consignment; refusal?: Refusal } {
  const candidate = candidates[index]!;
  const { shipment } = candidate;
  const load = cargo.loads[index]!;
  const stays = kept.get(keyOf(shipment.id)) ?? [];
  const context = { ...fleet, names: cargo };
  const agreed = all[index]!;
  const read = { shipment, load, place: places.ofShipment[index]!, conditions: agreed };
  const parts = loadsOfParts(splits, candidate, { cargo, load });
  if (parts && (isGiven || agreed.conflict === "")) {
    const given = giveParts(read, parts, { ...context, cargo, kept: stays, isGiven });
    return "reason" in given
      ? { consignment: { ...read, isSplit: true }, refusal: given }
      : { consignment: given };
  }
  const conditions = keepWhere(agreed, stays[0], fleet.licensePlates);
  const unmappedItems = cargo.unmapped[index]!.map(({ itemName }) => itemName);
  const whole: Consignment = { ...read, conditions, isSplit: false };
  if (isGiven) return { consignment: whole };
  const screened = { name: `Shipment ${shipment.id}`, load, unmappedItems, conditions };
  const verdict = screen(screened, context);
  if (typeof verdict === "object") return { consignment: whole, refusal: verdict };
  return { consignment: { ...whole, isSplit: verdict === "split" } };
}
