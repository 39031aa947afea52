import { type Carried, loadOf, tripLoads } from "../complete/loads.ts";
import type { Stay, Tour } from "../complete/visits.ts";
import { fits } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { type Relaxation, relax } from "./relax.ts";
import type { Relaxed } from "./relaxations.ts";
import { sizeOf, sizeOfRoom } from "./sizes.ts";
import { insertAll, openLastTrip, releaseGroups } from "./trials.ts";

/** A group that rides on one vehicle or not at all, and what the plan's vehicles carry. */
export type WantedGroup = { stays: readonly Stay[]; carried: readonly Carried[] };

/**
 * One trip more, or a larger vehicle, that would admit all of a group; of each kind the smallest change. What a group
 * adds to a route's time depends on the order in which it is put there, so no limit of time is told of it.
 */
export function findGroupRelaxations(
  prepared: PreparedPlan,
  { stays, carried }: WantedGroup,
  hasTime: () => boolean,
): Relaxed[] {
  const released = releaseGroups(prepared);
  const found: Relaxed[] = [];
  for (const [vehicle, { stays: driven }] of carried.entries()) {
    if (!hasTime()) break;
    const tour: Tour = { vehicle, stays: [...driven] };
    found.push(...withTrip(released, tour, stays), ...withRoom(released, tour, stays));
  }
  const smallest = Map.groupBy(found, ({ relaxation }) => relaxation.limit).values();
  return [...smallest].map((kind) => kind.reduce((a, b) => (b.relaxation.size < a.relaxation.size ? b : a)));
}

function withTrip(prepared: PreparedPlan, tour: Tour, stays: readonly Stay[]): Relaxed[] {
  if (tour.stays.length === 0) return [];
  const relaxation: Relaxation = {
    vehicle: tour.vehicle,
    limit: "max_trips",
    amount: 1,
    size: sizeOf.max_trips!,
  };
  const relaxed = relax(prepared, relaxation);
  const isRoomy = fits(prepared.room, tour.vehicle, loadOf(prepared, stays.slice(0, 1)));
  const wider = (isRoomy ? openLastTrip(relaxed, tour, stays) : undefined) ?? insertAll(relaxed, tour, stays);
  return wider ? [{ relaxation, tour: wider }] : [];
}

/** What room each trip lacks once all are aboard; a part of the whole where materials share it. */
function withRoom(prepared: PreparedPlan, tour: Tour, stays: readonly Stay[]): Relaxed[] {
  const { vehicle } = tour;
  const { room } = prepared;
  if (room.model === "shared") return [];
  const own = room.capacity[vehicle]!;
  const needed = loadOf(prepared, stays);
  const roomy = own.map((most, material) => most + needed[material]!);
  const wider = insertAll(
    { ...prepared, room: { ...room, capacity: room.capacity.with(vehicle, roomy) } },
    tour,
    stays,
  );
  if (!wider) return [];
  const loads = tripLoads(prepared, wider.stays);
  const lacks = own.map((most, material) => Math.max(0, ...loads.map((load) => load[material]! - most)));
  if (lacks.every((lack) => lack === 0)) return [];
  const amount = Math.max(...lacks.map((lack, material) => (lack === 0 ? 0 : lack / own[material]!)));
  return [
    {
      relaxation: { vehicle, limit: "capacity", amount, size: sizeOfRoom(amount), lacks },
      tour: wider,
    },
  ];
}
