import type { PlanHelp } from "../../domain/would-take.ts";
import { tripLoads } from "../complete/loads.ts";
import type { Stay, Tour } from "../complete/visits.ts";
import { addLoads, type Load } from "../prepare/cargo.ts";
import { fits } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { type Bringing, bringingsOf } from "./bringings.ts";
import { type Asking, compareRemedies, type Remedy, type Wish } from "./remedies.ts";
import { tellRemedy } from "./tell-remedy.ts";
import { toRemedy } from "./to-remedy.ts";
import { insertAll, openLastTrip, releaseGroups } from "./trials.ts";
import { idsOf } from "./wishes.ts";

const mostTold = 5;
/** Of one kind of change; the best of another is told before a third of this one. */
const mostOfKind = 2;
/** So many places are looked for at most, whatever the clock says: the same plan is told alike everywhere. */
const mostTries = 4_000;

/** Shipments that come in together or not at all. */
type Comers = { wish: Wish; stays: readonly Stay[]; load: Load; priority: number };

type Help = { remedy: Remedy; comers: Comers[] };

/** Single changes that would each bring in several of the shipments that are left out, the best first. */
export function findPlanHelp(asking: Asking, wishes: readonly Wish[]): PlanHelp[] {
  const { wide, hasTime } = asking;
  const open = gather(wide.prepared, wishes);
  const count = (comers: readonly Comers[]) => comers.reduce((sum, { wish }) => sum + sizeOf(wish), 0);
  if (count(open) < 2) return [];
  const budget = { tries: mostTries };
  const found: Help[] = [];
  for (const bringing of bringingsOf(asking)) {
    if (budget.tries <= 0 || !hasTime()) break;
    const help = bring(asking, bringing, { open, budget });
    if (help && count(help.comers) > 1) found.push(help);
  }
  const priority = ({ comers }: Help) => comers.reduce((sum, one) => sum + one.priority, 0);
  found.sort(
    (a, b) =>
      priority(b) - priority(a) || count(b.comers) - count(a.comers) || compareRemedies(a.remedy, b.remedy),
  );
  return choose(found).map(({ remedy, comers }) => {
    const shipmentIds = comers.flatMap(({ wish }) => idsOf(wide.prepared, wish));
    return { ...tellRemedy(wide, remedy, { shipmentIds, stop: -1 }), shipmentIds };
  });
}

function sizeOf({ company }: Wish): number {
  return Math.max(
    1,
    company.reduce((sum, { parts }) => sum + parts.length, 0),
  );
}

/** What may come in, each group once. */
function gather({ consignments, cargo }: PreparedPlan, wishes: readonly Wish[]): Comers[] {
  const seen = new Set<Stay>();
  return wishes.flatMap((wish): Comers[] => {
    const { stop, part, company } = wish;
    if (stop === undefined || company.some((stay) => seen.has(stay))) return [];
    for (const stay of company) seen.add(stay);
    const stays = company.length > 0 ? company : [{ stop, parts: [part] }];
    const parts = stays.flatMap((stay) => stay.parts);
    const load = addLoads(
      parts.map((one) => one.load),
      cargo.materials.length,
    );
    const { priority } = consignments[part.consignment]!.conditions;
    return [{ wish, stays, load, priority: priority * parts.length }];
  });
}

type Open = { open: readonly Comers[]; budget: { tries: number } };

/** Puts in one after the other what finds a place once the change is made. */
function bring(asking: Asking, bringing: Bringing, { open, budget }: Open): Help | undefined {
  const prepared = releaseGroups(bringing.prepared);
  let { tour } = bringing;
  const comers: Comers[] = [];
  for (const one of open) {
    const isFirst = comers.length === 0;
    if (!hasRoomFor(prepared, one.load, { tour, isAlone: isFirst && bringing.opensTrip })) continue;
    if (budget.tries-- <= 0) break;
    const wider =
      isFirst && bringing.opensTrip
        ? openLastTrip(prepared, tour, one.stays)
        : insertAll(prepared, tour, one.stays);
    if (!wider) continue;
    tour = wider;
    comers.push(one);
  }
  const change = comers.length > 0 ? bringing.toChange(tour) : undefined;
  return change && { remedy: toRemedy(asking.wide, asking.carried, { ...change, tours: [tour] }), comers };
}

/** Alone, on a trip of its own, the load needs room beside nothing else. */
function hasRoomFor(
  prepared: PreparedPlan,
  load: Load,
  { tour, isAlone }: { tour: Tour; isAlone: boolean },
): boolean {
  const { room } = prepared;
  if (isAlone) return fits(room, tour.vehicle, load);
  const loads = tripLoads(prepared, tour.stays);
  return loads.some((carried) => fits(room, tour.vehicle, addLoads([carried, load], load.length)));
}

function choose(ranked: readonly Help[]): Help[] {
  const told = new Map<string, number>();
  const chosen = ranked.filter(({ remedy }) => {
    const kind = remedy.relaxation?.limit ?? (remedy.further ? "further" : "instead");
    told.set(kind, (told.get(kind) ?? 0) + 1);
    return told.get(kind)! <= mostOfKind;
  });
  return chosen.slice(0, mostTold);
}
