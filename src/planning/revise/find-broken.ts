import { quote } from "../../domain/vendor-text.ts";
import { partsOf, tripLoads } from "../complete/loads.ts";
import { tripsOf } from "../complete/trips.ts";
import { type DrivenRoute, driveAsGiven, type Stay, type Tour, type Visit } from "../complete/visits.ts";
import { has } from "../conflicts.ts";
import { timeOfDay } from "../prepare/clock.ts";
import { describeFraction } from "../prepare/load-words.ts";
import { quantityText } from "../prepare/quantities.ts";
import { fillsAtMostWhole, sumOfFills } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { mostTripsOf } from "../schedule/visits.ts";
import type { RouteViolation } from "../schedule.ts";
import type { BrokenLimit } from "./broken-limit.ts";

/** A route as it is driven, with every limit that it breaks but those of groups. */
export type JudgedRoute = { driven: DrivenRoute; broken: BrokenLimit[] };

/** Times a tour in its order and holds it against every limit of its vehicle and stops. */
export function judgeTour(prepared: PreparedPlan, tour: Tour): JudgedRoute {
  const driven = driveAsGiven(prepared, tour);
  const unplaced = findUnplaced(prepared, driven);
  const broken = [
    ...findOverloads(prepared, driven),
    ...findSeparated(prepared, driven),
    ...findMisplaced(prepared, driven),
    ...findTooMany(prepared, driven),
    // From a stop without a position nothing is reached in time: the times mean nothing then.
    ...(unplaced.length > 0 ? unplaced : findLate(prepared, driven)),
  ];
  return { driven, broken };
}

/** "stop 4 「客户」", or its shipment where nobody tells the customer. */
function nameVisit({ consignments }: PreparedPlan, { visits }: DrivenRoute, index: number): string {
  const [part] = partsOf(visits[index]!.stays);
  const { customerName, id } = consignments[part!.consignment]!.shipment;
  return `stop ${index + 1} ${customerName ? quote(customerName) : `(shipment ${id})`}`;
}

function plateOf({ fleet }: PreparedPlan, vehicle: number): string {
  return fleet[vehicle]!.licensePlate;
}

function shipmentOf({ consignments }: PreparedPlan, stay: Stay) {
  return consignments[stay.parts[0]!.consignment]!.shipment.id;
}

/** What a fraction of four places can still tell. */
const leastFill = 0.0001;

function findOverloads(prepared: PreparedPlan, { vehicle, stays }: DrivenRoute): BrokenLimit[] {
  const { room, cargo } = prepared;
  const licensePlate = plateOf(prepared, vehicle);
  const most = room.capacity[vehicle]!;
  const loads = stays.length === 0 ? [] : tripLoads(prepared, stays);
  return loads.flatMap((load, trip): BrokenLimit[] => {
    const onTrip = loads.length > 1 ? ` on trip ${trip + 1}` : "";
    const text = (quantity: number) => quantityText(quantity, cargo.scale);
    const tooMuch = cargo.materials.flatMap((material, index): BrokenLimit[] => {
      const excess = load[index]! - most[index]!;
      if (excess <= 0) return [];
      const message = `${licensePlate} would carry ${material} ${text(load[index]!)} of ${text(most[index]!)}${onTrip}: ${text(excess)} too many`;
      return [{ limit: "capacity", licensePlate, material, over: text(excess), message }];
    });
    if (tooMuch.length > 0 || room.model === "independent" || fillsAtMostWhole(load, most)) return tooMuch;
    // It is too full beyond doubt: neither rounding nor floating point may make that nothing.
    const over = Math.max(sumOfFills(load, most) - 1, Number.EPSILON);
    const fill = over < leastFill ? "a little more than 1" : describeFraction(1 + over);
    const message = `${licensePlate} would be filled ${fill} times${onTrip}: its materials share one room`;
    return [{ limit: "capacity", licensePlate, over: String(over), message }];
  });
}

/** Materials that must not ride together and do. */
function findSeparated(prepared: PreparedPlan, { vehicle, stays }: DrivenRoute): BrokenLimit[] {
  const { problem, stops, cargo, request } = prepared;
  const { conflicts } = problem;
  if (!conflicts) return [];
  const licensePlate = plateOf(prepared, vehicle);
  return tripsOf(stays).flatMap((trip): BrokenLimit[] => {
    const classes = trip.reduce((all, { stop }) => all | (stops[stop]!.conditions.classes ?? 0), 0);
    const isTorn = [...conflicts.keys()].some(
      (own) => has(classes, own) && (classes & conflicts[own]!) !== 0,
    );
    if (!isTorn) return [];
    const load = tripLoads(prepared, trip)[0]!;
    const aboard = new Set(cargo.materials.filter((_, index) => load[index]! > 0));
    const group = (request.options.separateMaterials ?? [])
      .map((names) => names.filter((name) => aboard.has(name.trim())))
      .find((names) => names.length > 1)!;
    const message = `${licensePlate} would carry ${group.join(" and ")} together, which separate_materials keeps apart`;
    return [{ limit: "separate_materials", licensePlate, over: group.length - 1, message }];
  });
}

/** Stops that are where a lock or rule does not let them be. */
function findMisplaced(prepared: PreparedPlan, driven: DrivenRoute): BrokenLimit[] {
  const { stops } = prepared;
  const { vehicle, visits } = driven;
  const licensePlate = plateOf(prepared, vehicle);
  return visits.flatMap((visit, index) =>
    visit.stays.flatMap((stay): BrokenLimit[] => {
      const { conditions } = stops[stay.stop]!;
      const shipmentId = shipmentOf(prepared, stay);
      const at = { licensePlate, sequence: index + 1, shipmentId };
      const broken: BrokenLimit[] = [];
      if (conditions.conflict !== "") {
        broken.push({
          ...at,
          limit: "lock",
          over: 1,
          message: `Shipment ${shipmentId} ${conditions.conflict}`,
        });
      }
      if (conditions.vehicle >= 0 && conditions.vehicle !== vehicle) {
        const locked = plateOf(prepared, conditions.vehicle);
        const message = `Shipment ${shipmentId} is locked to ${locked} and would be on ${licensePlate}`;
        broken.push({ ...at, limit: "lock", over: 1, message });
      }
      if (conditions.position > 0 && conditions.position !== index + 1) {
        const message = `Shipment ${shipmentId} is locked to position ${conditions.position} and would be stop ${index + 1} of ${licensePlate}`;
        broken.push({ ...at, limit: "lock", over: Math.abs(conditions.position - index - 1), message });
      }
      if (conditions.vehicles?.includes(vehicle) === false) {
        const message = `Shipment ${shipmentId} may not ride ${licensePlate} (shipment_rules)`;
        broken.push({ ...at, limit: "not_allowed", over: 1, message });
      }
      return broken;
    }),
  );
}

function findTooMany(prepared: PreparedPlan, { vehicle, visits, stays }: DrivenRoute): BrokenLimit[] {
  const licensePlate = plateOf(prepared, vehicle);
  const broken: BrokenLimit[] = [];
  const { maxStops } = prepared.terms[vehicle]!;
  if (visits.length > maxStops) {
    const message = `${licensePlate} would have ${visits.length} stops of at most ${maxStops}`;
    broken.push({ limit: "max_stops", licensePlate, over: visits.length - maxStops, message });
  }
  const trips = tripsOf(stays).length;
  const mostTrips = mostTripsOf(prepared.problem, vehicle);
  if (trips > mostTrips) {
    const message = `${licensePlate} would drive ${trips} trips of at most ${mostTrips}`;
    broken.push({ limit: "max_trips", licensePlate, over: trips - mostTrips, message });
  }
  return broken;
}

/** Stops without a position that others follow. */
function findUnplaced(prepared: PreparedPlan, driven: DrivenRoute): BrokenLimit[] {
  const { visits, vehicle } = driven;
  const isUnplaced = ({ place }: Visit) => prepared.places.position[place]! < 0;
  return visits.flatMap((visit, index): BrokenLimit[] => {
    const next = visits[index + 1];
    if (!isUnplaced(visit) || !next || next.trip !== visit.trip || isUnplaced(next)) return [];
    const name = nameVisit(prepared, driven, index);
    const message = `${name} has no position, so nothing can follow it on its trip`;
    const at = { licensePlate: plateOf(prepared, vehicle), sequence: index + 1 };
    return [
      { ...at, limit: "no_position", shipmentId: shipmentOf(prepared, visit.stays[0]!), over: 1, message },
    ];
  });
}

/** Limits of time and distance. */
function findLate(prepared: PreparedPlan, driven: DrivenRoute): BrokenLimit[] {
  const { schedule } = driven;
  return schedule.violations.flatMap((violation) => {
    if (violation.limit === "time_window") return [describeLate(prepared, driven, violation)];
    return describeLong(prepared, driven, violation) ?? [];
  });
}

function describeLate(
  prepared: PreparedPlan,
  driven: DrivenRoute,
  { stop, over }: RouteViolation,
): BrokenLimit {
  const { stays, visits, schedule, vehicle } = driven;
  const place = stays.findIndex((stay) => stay.stop === stop);
  const index = visits.findIndex((visit) => visit.stays.some((stay) => stay.stop === stop));
  const reached = timeOfDay(prepared.clock, schedule.serviceStartSeconds[place]!);
  const licensePlate = plateOf(prepared, vehicle);
  const shipmentId = shipmentOf(prepared, stays[place]!);
  const message = `${nameVisit(prepared, driven, index)} of ${licensePlate} would be reached at ${reached}, ${lengthOf(over)} after its window`;
  return {
    limit: "time_window",
    licensePlate,
    sequence: index + 1,
    shipmentId,
    over: Math.ceil(over),
    message,
  };
}

function describeLong(
  { fleet, terms, clock }: PreparedPlan,
  { vehicle, schedule }: DrivenRoute,
  { limit, over }: RouteViolation,
): BrokenLimit | undefined {
  const { licensePlate } = fleet[vehicle]!;
  const { shiftEnd, maxSeconds, maxMeters } = terms[vehicle]!;
  const tell = (told: BrokenLimit["limit"], words: string): BrokenLimit => ({
    limit: told,
    licensePlate,
    over: Math.ceil(over),
    message: `${licensePlate} would ${words}`,
  });
  if (limit === "shift") {
    const ends = timeOfDay(clock, schedule.endSeconds);
    return tell(
      "shift",
      `be done at ${ends}, ${lengthOf(over)} after its shift ends at ${timeOfDay(clock, shiftEnd)}`,
    );
  }
  if (limit === "max_duration") {
    return tell(
      "max_duration",
      `be out ${lengthOf(schedule.durationSeconds)} of at most ${lengthOf(maxSeconds)}: ${lengthOf(over)} too long`,
    );
  }
  if (limit === "max_distance") {
    const [driven, most] = [schedule.distanceMeters, maxMeters].map((meters) => (meters / 1000).toFixed(1));
    return tell("max_distance", `drive ${driven} km of at most ${most} km: ${wayOf(over)} too far`);
  }
  return limit === "break" ? tell("break", `take a break ${lengthOf(over)} too late`) : undefined;
}

/** Kilometers, or meters below one. */
function wayOf(meters: number): string {
  return meters < 1000 ? `${Math.ceil(meters)} m` : `${(meters / 1000).toFixed(1)} km`;
}

/** Minutes, or seconds below one. */
function lengthOf(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
