import type { VehicleChoice } from "../vehicle-choice.ts";
import { closed } from "./candidates.ts";
import type { ScanParts } from "./neighbour-scan.ts";

/**
 * As `createNeighbourScan`, where vehicles load again: room is a matter of the trip, so each trip is asked once, and
 * its head is tried as well. Undefined where every vehicle drives one trip.
 */
export function createTripScan(
  parts: ScanParts & { choice: VehicleChoice },
): ((stop: number) => void) | undefined {
  const { routes, candidates, positions, choice, neighbours } = parts;
  const { trips, tripOf, routeOf } = routes;
  if (!trips) return undefined;
  const { added, metIn } = candidates;
  const { width, stops: near } = neighbours;
  const reach = Math.min(parts.reach, width);
  const { blink } = parts;
  const askedIn = new Int32Array(trips.size.length); // question, [trip]
  const boards = new Uint8Array(trips.size.length); // [trip]

  return (stop) => {
    const question = candidates.question;
    for (let rank = 0; rank < reach; rank++) {
      const node = near[stop * width + rank]!;
      const route = routeOf[node]!;
      if (route < 0) continue;
      if (metIn[route] !== question) positions.open(route, stop);
      if (added[route] === closed) continue;
      const trip = tripOf[node]!;
      if (askedIn[trip] !== question) {
        askedIn[trip] = question;
        boards[trip] = choice.boards(route, trip, stop) ? 1 : 0;
        if (boards[trip] === 1) positions.try(stop, trips.startOf(trip));
      }
      if (boards[trip] === 1 && !blink.isDue()) positions.try(stop, node);
    }
  };
}
