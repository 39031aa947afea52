import { carrierOf, serveInParts } from "../complete/serve-split.ts";
import type { Tour } from "../complete/visits.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { type Relaxation, relax } from "./relax.ts";
import type { Asking, Remedy, Wish } from "./remedies.ts";
import { sizeOf, sizeOfHired, sizeOfPart, sizeOfSpare } from "./sizes.ts";
import { toRemedy } from "./to-remedy.ts";
import type { Wide } from "./widen.ts";

/** A customer who is come to four times for one shipment is no change that anybody would make. */
const mostParts = 3;

/** The shipment in parts on the room that is left; of one that may ride in parts already, a trip or a vehicle more. */
export function findPartRemedies(asking: Asking, { consignment }: Wish): Remedy[] {
  const { wide, carried } = asking;
  if (wide.prepared.consignments[consignment]!.isSplit) return withMoreRoom(asking, consignment);
  const carrier = wide.stops.find((one) => one.isForParts && one.consignment === consignment);
  if (!carrier) return [];
  const split = { consignment, carrier: () => carrier.stop };
  const tours = cutUp(asking, onVehicles(wide, wide.prepared), split) ?? [];
  const parts = tours.flatMap(({ stays }) => stays).filter(({ stop }) => stop === carrier.stop).length;
  // In one part it is no split: another limit is in the way then.
  if (parts < 2 || parts > mostParts) return [];
  return [toRemedy(wide, carried, { tours, isInParts: true, size: (parts - 1) * sizeOfPart })];
}

/** The cheapest trip and the cheapest vehicle more with which all parts of a split shipment find a place. */
function withMoreRoom(asking: Asking, consignment: number): Remedy[] {
  const { wide, carried, hasTime } = asking;
  const carrier = (vehicle: number) => carrierOf(wide.prepared, consignment, vehicle);
  const trips = carried.slice(0, wide.ownVehicles).flatMap(({ stays }, vehicle) => {
    if (stays.length === 0 || !hasTime()) return [];
    const relaxation: Relaxation = { vehicle, limit: "max_trips", amount: 1, size: sizeOf.max_trips! };
    const prepared = onVehicles(wide, relax(wide.prepared, relaxation));
    const tours = cutUp(asking, prepared, { consignment, carrier });
    return tours
      ? [toRemedy(wide, carried, { relaxation, tours, isInParts: true, size: relaxation.size })]
      : [];
  });
  const vehicles = wide.vehicles.flatMap((further) => {
    if (!hasTime()) return [];
    const prepared = onVehicles(wide, wide.prepared, further.vehicle);
    const tours = cutUp(asking, prepared, { consignment, carrier });
    const size = further.isOwned ? sizeOfSpare : sizeOfHired;
    return tours ? [toRemedy(wide, carried, { further, tours, isInParts: true, size })] : [];
  });
  const cheapest = (found: Remedy[]) =>
    found.sort((a, b) => a.money - b.money || a.size - b.size || a.added - b.added).slice(0, 1);
  return [...cheapest(trips), ...cheapest(vehicles)];
}

type Split = { consignment: number; carrier: (vehicle: number) => number | undefined };

/** The tours that change where a shipment rides in parts, undefined where not all of it finds a place. */
function cutUp({ carried }: Asking, prepared: PreparedPlan, split: Split): Tour[] | undefined {
  const tours = carried.map(({ stays }, vehicle) => ({ vehicle, stays: [...stays] }));
  const served = serveInParts(prepared, tours, split);
  return served?.filter((tour, index) => tour !== tours[index]);
}

/** The wide plan as if no further vehicle but one had any room. */
function onVehicles({ ownVehicles }: Wide, prepared: PreparedPlan, further = -1): PreparedPlan {
  const capacity = prepared.room.capacity.map((row, vehicle) =>
    vehicle < ownVehicles || vehicle === further ? row : row.map(() => 0),
  );
  return { ...prepared, room: { ...prepared.room, capacity } };
}
