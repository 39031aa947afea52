import { type Carried, carriedBy } from "../complete/loads.ts";
import { insertInto } from "../complete/serve-left-out.ts";
import type { Stay, Tour } from "../complete/visits.ts";
import { sumOfFills } from "../prepare/room.ts";
import type { StopPart } from "../prepare/stops.ts";
import { findGroupRelaxations } from "./group-relaxations.ts";
import { findPartRemedies } from "./part-remedies.ts";
import type { Relaxation } from "./relax.ts";
import { findRelaxations } from "./relaxations.ts";
import { sizeOfHired, sizeOfRule, sizeOfSpare, sizeOfUnlocking } from "./sizes.ts";
import { toRemedy } from "./to-remedy.ts";
import { insertAll, releaseGroups } from "./trials.ts";
import type { FurtherStop, FurtherVehicle, Wide } from "./widen.ts";

/** A change that was tried, the tours that it leads to on the vehicles that it touches, and what it takes. */
export type Remedy = {
  /** Exactly one of these, or a split into parts. */
  relaxation?: Relaxation;
  further?: FurtherVehicle;
  dropped?: FurtherStop;
  tours: Tour[];
  /** Whether the shipment rides in parts. */
  isInParts?: true;
  /** In minutes of a longer route, as sizes.ts weighs it. */
  size: number;
  /** What the routes cost more: in units of money, 0 where nothing has a price; and in the search's units. */
  money: number;
  added: number;
};

/** The plan that is asked about, widened, with what its vehicles carry and as much time as there is. */
export type Asking = {
  wide: Wide;
  /** Of every vehicle of the wide plan, the further ones empty. */
  carried: readonly Carried[];
  hasTime: () => boolean;
};

/** Asks about a wide plan and the tours of its own vehicles. */
export function ask(wide: Wide, routes: readonly Tour[], hasTime: () => boolean): Asking {
  return { wide, carried: carriedBy(wide.prepared, routes), hasTime };
}

/** A shipment that is on no route; `stay` where it would be a stop, and who must ride with it. */
export type Wish = {
  consignment: number;
  part: StopPart;
  stop: number | undefined;
  company: readonly Stay[];
};

/** Everything of one change that would bring the shipment in, the cheapest first. Nothing where the time is over. */
export function findRemedies(asking: Asking, wish: Wish): Remedy[] {
  if (!asking.hasTime()) return [];
  const found = [
    ...limitRemedies(asking, wish),
    ...vehicleRemedies(asking, wish),
    ...findPartRemedies(asking, wish),
    ...ruleRemedies(asking, wish),
  ];
  return found.sort(compareRemedies);
}

/** Cheaper in money, where there is any; then the smaller change; then what makes routes longer by less. */
export function compareRemedies(a: Remedy, b: Remedy): number {
  return a.money - b.money || a.size - b.size || a.added - b.added;
}

function limitRemedies({ wide, carried, hasTime }: Asking, { part, stop, company }: Wish): Remedy[] {
  if (stop === undefined) return [];
  const own = carried.slice(0, wide.ownVehicles);
  const relaxed =
    company.length > 1
      ? findGroupRelaxations(wide.prepared, { stays: company, carried: own }, hasTime)
      : findRelaxations(wide.prepared, { stop, part, carried: own }, hasTime);
  return relaxed.map(({ relaxation, tour }) =>
    toRemedy(wide, carried, { relaxation, tours: [tour], size: relaxation.size }),
  );
}

/** The cheapest of the vehicles that the plan does not have, and of two of one price the one that it fills best. */
function vehicleRemedies({ wide, carried }: Asking, { part, stop, company }: Wish): Remedy[] {
  if (stop === undefined) return [];
  const stays = company.length > 1 ? company : [{ stop, parts: [part] }];
  const prepared = company.length > 1 ? releaseGroups(wide.prepared) : wide.prepared;
  const { capacity } = prepared.room;
  const found = wide.vehicles.flatMap((further) => {
    const tour = insertAll(prepared, { vehicle: further.vehicle, stays: [] }, stays);
    if (!tour) return [];
    const size = further.isOwned ? sizeOfSpare : sizeOfHired;
    const remedy = toRemedy(wide, carried, { further, tours: [tour], size });
    return [{ remedy, fill: sumOfFills(part.load, capacity[further.vehicle]!) }];
  });
  found.sort((a, b) => a.remedy.money - b.remedy.money || a.remedy.size - b.remedy.size || b.fill - a.fill);
  return found.slice(0, 1).map(({ remedy }) => remedy);
}

function ruleRemedies({ wide, carried, hasTime }: Asking, { consignment, part }: Wish): Remedy[] {
  const variants = wide.stops.filter((one) => one.dropped && one.consignment === consignment);
  return variants.flatMap((dropped) => {
    let best: Remedy | undefined;
    for (const [vehicle, { stays }] of carried.slice(0, wide.ownVehicles).entries()) {
      if (!hasTime()) break;
      const before = { vehicle, stays: [...stays] };
      const wider = insertInto(wide.prepared, before, { stop: dropped.stop, parts: [part] });
      if (!wider) continue;
      const size = dropped.dropped!.endsWith("_lock") ? sizeOfUnlocking : sizeOfRule;
      const remedy = toRemedy(wide, carried, { dropped, tours: [wider.tour], size });
      if (!best || compareRemedies(remedy, best) < 0) best = remedy;
    }
    return best ? [best] : [];
  });
}
