import type { Objective, PlanOptions } from "../../domain/plan.ts";
import type { Vehicle } from "../../domain/vehicle.ts";
import type { Problem, StopTable, Travel, VehicleTable } from "../problem.ts";
import type { Load } from "./cargo.ts";
import type { Consignment } from "./consignment.ts";
import { latestEndSeconds, type PlaceTable, placeOfVehicle } from "./places.ts";
import type { Room } from "./room.ts";
import { type Dimensions, shareRoom } from "./shared-room.ts";
import { tabulateStopRules } from "./stop-rules.ts";
import type { PlannedStop } from "./stops.ts";
import { tabulateCosts } from "./vehicle-costs.ts";
import type { VehicleTerms } from "./vehicle-terms.ts";

const unlimitedStops = 2 ** 31 - 1;

/** The facts of a plan that its problem is made of. */
export type TableContext = {
  stops: readonly PlannedStop[];
  /** All that is to be delivered, so that the cost of a vehicle is the same however stops are joined. */
  consignments: readonly Consignment[];
  room: Room;
  places: PlaceTable;
  /** One for all vehicles, or that of vehicles which come home and that of those which do not. */
  travel: readonly Travel[];
  options: PlanOptions;
  vehicles: readonly Vehicle[];
  /** When and how far each vehicle may drive, [vehicle]. */
  terms: readonly VehicleTerms[];
  /** Materials that must not meet, [class]. */
  conflicts: Uint32Array;
};

/** Writes the plan's facts as the typed arrays that the search reads. */
export function tabulate(context: TableContext): Problem {
  const { stops, room, travel, options } = context;
  const loads = stops.map(({ load }) => load);
  const dimensions =
    room.model === "shared" ? shareRoom(room.capacity, loads) : separateRoom(room.capacity, loads);
  return {
    dimensions: dimensions.count,
    stops: tabulateStops(context, dimensions),
    vehicles: tabulateVehicles(context, dimensions),
    travel: [...travel],
    objective: searchObjective[options.objective],
    ...(context.conflicts.length > 0 && { conflicts: context.conflicts }),
  };
}

/** Fewest vehicles and shortest distance are both a cost: in the first a vehicle costs more than any detour. */
const searchObjective: Record<Objective, Problem["objective"]> = {
  fewest_vehicles: "cost",
  shortest_distance: "cost",
  balanced: "balanced",
  earliest_finish: "earliest_finish",
  lowest_cost: "cost",
};

/** Each material is a dimension of its own. */
function separateRoom(capacity: readonly Load[], loads: readonly Load[]): Dimensions {
  return {
    count: capacity[0]?.length ?? 0,
    demand: loads.map((load) => [...load]),
    capacity: capacity.map((row) => [...row]),
  };
}

function tabulateStops(context: TableContext, { count: dimensionCount, demand }: Dimensions): StopTable {
  const { stops, room } = context;
  const count = stops.length;
  const windows = stops.map(({ conditions }) => conditions.windows);
  const windowOffset = new Int32Array(count + 1);
  for (const [stop, spans] of windows.entries()) windowOffset[stop + 1] = windowOffset[stop]! + spans.length;
  const allows = (stop: PlannedStop) =>
    room.capacity.map((most, vehicle) => (mayRide(stop, vehicle, most) ? 1 : 0));
  return {
    count,
    location: Int32Array.from(stops, ({ place }) => place),
    delivery: Float64Array.from(demand.flat()),
    pickup: new Float64Array(count * dimensionCount),
    ...tabulateService(context),
    windowOffset,
    windowStart: Float64Array.from(windows.flat(), ({ start }) => start),
    windowEnd: Float64Array.from(windows.flat(), ({ end }) => end),
    priority: weighStops(stops),
    lockedPosition: Int32Array.from(stops, ({ conditions }) => conditions.position),
    isAllowed: Uint8Array.from(stops.flatMap(allows)),
    ...tabulateStopRules(stops.map(({ conditions }) => conditions)),
  };
}

/**
 * All of a visit's minutes are set-up: what follows at the same place is unloaded in the same stay. Where a shipment
 * has minutes of its own, those at its place are added up.
 */
function tabulateService({ stops, consignments, options }: TableContext) {
  const whole = Math.round(options.serviceMinutes * 60);
  const own = consignments.filter(({ conditions }) => conditions.serviceSeconds !== undefined);
  const addedUp = new Set(own.map(({ place }) => place));
  return {
    serviceSeconds: Float64Array.from(stops, ({ place, conditions }) =>
      addedUp.has(place) ? (conditions.serviceSeconds ?? whole) : 0,
    ),
    setupSeconds: Float64Array.from(stops, ({ place }) => (addedUp.has(place) ? 0 : whole)),
  };
}

/**
 * The search counts stops, a plan counts shipments: so a joined stop weighs as much as its shipments together. One
 * step of priority outweighs all the shipments there are, and shipments count below that.
 */
function weighStops(stops: readonly PlannedStop[]): Float64Array {
  const shipmentCount = stops.reduce((sum, { parts }) => sum + parts.length, 0);
  return Float64Array.from(
    stops,
    ({ conditions, parts }) => (conditions.priority * (shipmentCount + 1) + 1) * parts.length,
  );
}

/** Locks permitting, any vehicle that takes all the materials, in whatever quantity. */
function mayRide({ conditions, load }: PlannedStop, vehicle: number, most: Load): boolean {
  const isLockedElsewhere = conditions.vehicle >= 0 && conditions.vehicle !== vehicle;
  const isBarred = conditions.vehicles?.includes(vehicle) === false;
  return (
    !isLockedElsewhere &&
    !isBarred &&
    load.every((quantity, material) => quantity === 0 || most[material]! > 0)
  );
}

function tabulateVehicles(context: TableContext, { capacity }: Dimensions): VehicleTable {
  const { room, places, vehicles, terms, travel } = context;
  const count = room.capacity.length;
  const latestEnd = places.position.includes(-1) ? latestEndSeconds : Number.POSITIVE_INFINITY;
  const breaks = terms.map((term) => term.breaks);
  const startLocation = Int32Array.from(vehicles, ({ start }) => placeOfVehicle(places, start));
  return {
    count,
    capacity: Float64Array.from(capacity.flat()),
    startLocation,
    endLocation: Int32Array.from(vehicles, ({ start, end }, vehicle) =>
      terms[vehicle]!.isClosed ? placeOfVehicle(places, end ?? start) : -1,
    ),
    shiftStart: Float64Array.from(terms, ({ shiftStart }) => shiftStart),
    shiftEnd: Float64Array.from(terms, ({ shiftEnd }) => Math.min(shiftEnd, latestEnd)),
    ...tabulateCosts(context),
    maxStops: Int32Array.from(terms, ({ maxStops }) => Math.min(maxStops, unlimitedStops)),
    maxTravelSeconds: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    maxDistanceMeters: Float64Array.from(terms, ({ maxMeters }) => maxMeters),
    maxDurationSeconds: Float64Array.from(terms, ({ maxSeconds }) => maxSeconds),
    profile: Int32Array.from(terms, ({ isClosed }) => (travel.length > 1 && !isClosed ? 1 : 0)),
    ...(breaks.some(({ length }) => length > 0) && { breaks }),
    ...(terms.some(({ mostTrips }) => mostTrips > 1) && {
      mostTrips: Int32Array.from(terms, ({ mostTrips }) => mostTrips),
      reloadSeconds: Float64Array.from(terms, ({ reloadSeconds }) => reloadSeconds),
    }),
  };
}
