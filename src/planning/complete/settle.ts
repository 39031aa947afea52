import type { PreparedPlan } from "../prepare-plan.ts";
import type { Solution } from "../solution.ts";
import { serveLeftOut } from "./serve-left-out.ts";
import { serveSplit } from "./serve-split.ts";
import { joinTrips, tripsOf } from "./trips.ts";
import { type DrivenRoute, drive, type Stay, scheduleTour, type Tour } from "./visits.ts";

/** What a solution comes to: routes that may be driven, and what is on none of them. */
export type Settled = { routes: DrivenRoute[]; leftOut: Stay[] };

/**
 * Turns a solution into routes. A split shipment is delivered whole or not at all: half of it would count as shipped.
 * Whatever still has a place is put there, shipment by shipment, so that no joined stop keeps its shipments at home, as long as `hasTime` says yes.
 */
export function settle(
  prepared: PreparedPlan,
  solution: Solution,
  hasTime: () => boolean = () => true,
): Settled {
  const { stops, consignments } = prepared;
  const incomplete = findIncomplete(prepared, solution);
  const isDropped = ({ parts }: Stay) => parts.some(({ consignment }) => incomplete.has(consignment));
  const tours = solution.routes.map(({ vehicle, stops: members, reloads = [] }): Tour => {
    const stays = members.map((stop, place) => ({
      stop,
      parts: [...stops[stop]!.parts],
      ...(reloads.includes(place) && { startsTrip: true as const }),
    }));
    return dropStays(prepared, { vehicle, stays }, isDropped);
  });
  const visited = new Set(tours.flatMap(({ stays }) => stays.map(({ stop }) => stop)));
  const left = [...stops.keys()].filter((stop) => !visited.has(stop));
  const leftOut = left.map((stop): Stay => ({ stop, parts: [...stops[stop]!.parts] }));
  const isSplit = ({ parts }: Stay) => parts.some(({ consignment }) => consignments[consignment]!.isSplit);
  const whole = leftOut.filter((stay) => !isSplit(stay));
  const served = serveLeftOut(prepared, { used: tours, left: whole, hasTime });
  const all = hasTime() ? serveSplit(prepared, served.tours) : served.tours;
  const routes = all.filter(({ stays }) => stays.length > 0).map((tour) => drive(prepared, tour));
  return { routes, leftOut: served.leftOut };
}

/** Split shipments of which a part alone was placed. */
export function findIncomplete({ stops }: PreparedPlan, { routes, unassigned }: Solution): Set<number> {
  const consignmentsOf = (members: readonly number[]) =>
    new Set(members.flatMap((stop) => stops[stop]!.parts.map(({ consignment }) => consignment)));
  const placed = consignmentsOf(routes.flatMap((route) => route.stops));
  return new Set([...consignmentsOf(unassigned)].filter((consignment) => placed.has(consignment)));
}

/** The tour without some stays, and without those whose locked position is lost with them. */
function dropStays(prepared: PreparedPlan, tour: Tour, isDropped: (stay: Stay) => boolean): Tour {
  const without = (members: readonly Stay[], isOut: (stay: Stay) => boolean) =>
    joinTrips(tripsOf(members).map((trip) => trip.filter((stay) => !isOut(stay))));
  let stays = without(tour.stays, isDropped);
  for (;;) {
    const { violations } = scheduleTour(prepared, { ...tour, stays });
    const misplaced = violations.find(({ limit, stop }) => limit === "position" && stop !== undefined);
    if (!misplaced) return { ...tour, stays };
    stays = without(stays, ({ stop }) => stop === misplaced.stop);
  }
}
