import type { Objective, PlanOptions } from "../../domain/plan.ts";
import type { Problem, StopTable, TravelMatrix, VehicleTable } from "../problem.ts";
import type { Load } from "./cargo.ts";
import type { Consignment } from "./consignment.ts";
import { depotPlace, latestEndSeconds, type PlaceTable } from "./places.ts";
import type { Room } from "./room.ts";
import { type Dimensions, shareRoom } from "./shared-room.ts";
import type { PlannedStop } from "./stops.ts";

const unlimitedStops = 2 ** 31 - 1;

export type TableContext = {
  stops: readonly PlannedStop[];
  /** All that is to be delivered, so that the cost of a vehicle is the same however stops are joined. */
  consignments: readonly Consignment[];
  room: Room;
  places: PlaceTable;
  travel: TravelMatrix;
  options: PlanOptions;
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
    travel: [travel],
    objective: searchObjective[options.objective],
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

function tabulateStops(
  { stops, room, options }: TableContext,
  { count: dimensionCount, demand }: Dimensions,
): StopTable {
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
    // All of a visit's minutes are set-up: what follows at the same place is unloaded in the same stay.
    serviceSeconds: new Float64Array(count),
    setupSeconds: new Float64Array(count).fill(Math.round(options.serviceMinutes * 60)),
    windowOffset,
    windowStart: Float64Array.from(windows.flat(), ({ start }) => start),
    windowEnd: Float64Array.from(windows.flat(), ({ end }) => end),
    priority: weighStops(stops),
    lockedPosition: Int32Array.from(stops, ({ conditions }) => conditions.position),
    isAllowed: Uint8Array.from(stops.flatMap(allows)),
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
  return !isLockedElsewhere && load.every((quantity, material) => quantity === 0 || most[material]! > 0);
}

function tabulateVehicles(context: TableContext, { capacity }: Dimensions): VehicleTable {
  const { room, places, options } = context;
  const count = room.capacity.length;
  const isLast = places.position.includes(-1);
  const each = (value: number) => new Float64Array(count).fill(value);
  const most =
    options.maxRouteMinutes === undefined ? Number.POSITIVE_INFINITY : options.maxRouteMinutes * 60;
  return {
    count,
    capacity: Float64Array.from(capacity.flat()),
    startLocation: new Int32Array(count).fill(depotPlace),
    endLocation: new Int32Array(count).fill(options.returnToDepot ? depotPlace : -1),
    shiftStart: each(0),
    shiftEnd: each(isLast ? latestEndSeconds : Number.POSITIVE_INFINITY),
    fixedCost: each(options.objective === "fewest_vehicles" ? longestDistance(context) : 0),
    costPerMeter: each(1),
    costPerTravelSecond: each(0),
    costPerServiceSecond: each(0),
    maxStops: new Int32Array(count).fill(
      Math.min(options.maxStopsPerRoute ?? unlimitedStops, unlimitedStops),
    ),
    maxTravelSeconds: each(Number.POSITIVE_INFINITY),
    maxDistanceMeters: each(Number.POSITIVE_INFINITY),
    maxDurationSeconds: each(most),
    profile: new Int32Array(count),
  };
}

/** No tour is longer than driving to every shipment and back, so a vehicle at this price is never worth a detour. */
function longestDistance({ consignments, travel }: TableContext): number {
  const { size, distanceMeters } = travel;
  const thereAndBack = ({ place }: Consignment) =>
    distanceMeters[depotPlace * size + place]! + distanceMeters[place * size + depotPlace]!;
  // One meter more for each leg, because matrix entries are rounded.
  return consignments.reduce((sum, consignment) => sum + thereAndBack(consignment) + 2, 1);
}
