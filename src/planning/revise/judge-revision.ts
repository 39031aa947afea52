import type { KnownTravel } from "../../domain/travel.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { findBrokenGroups } from "./broken-groups.ts";
import { type BrokenLimit, limitKey } from "./broken-limit.ts";
import { type Draft, routeOf } from "./draft.ts";
import { type JudgedRoute, judgeTour } from "./find-broken.ts";
import { prepareGiven } from "./given-plan.ts";
import { hintFor } from "./hints.ts";
import { openDraft } from "./open-draft.ts";
import { refuse } from "./refuse.ts";

/** Routes of a draft as they would be driven, by plate, with every limit that they break, groups included. */
export type Judged = { prepared: PreparedPlan; routes: Map<string, JudgedRoute>; broken: BrokenLimit[] };

/** Times some routes of a draft in their order and holds them against every limit. */
export function judgeRoutes(
  draft: Draft,
  { licensePlates, travel }: { licensePlates: readonly string[]; travel?: KnownTravel | undefined },
): Judged {
  const { prepared, tours } = prepareGiven(draft, { licensePlates, travel });
  const driven = [...tours].filter(([plate]) => routeOf(draft, plate));
  const routes = new Map(driven.map(([plate, tour]) => [plate, judgeTour(prepared, tour)]));
  const broken = [...routes.values()].flatMap((route) => route.broken);
  return { prepared, routes, broken: [...broken, ...findBrokenGroups(draft)] };
}

/** Refuses a draft that breaks a limit which the plan before kept, or breaks it by more. */
export function refuseWorse(draft: Draft, { broken }: Judged): void {
  if (broken.length === 0) return;
  const before = brokenBefore(draft);
  const worse = broken.filter((limit) => Number(limit.over) > (before.get(limitKey(limit)) ?? 0));
  if (worse.length === 0) return;
  const isNamed = ({ shipmentId }: BrokenLimit) => draft.named.has(String(shipmentId));
  const first = worse.find(isNamed) ?? worse[0]!;
  const others = worse.length - 1;
  const more = others === 0 ? "" : ` ${others} more ${others === 1 ? "limit" : "limits"} would be broken.`;
  refuse({ index: changeOf(draft, first) }, `${first.message}.${more}`, { hint: hintFor(draft, first) });
}

/** The change that a broken limit is told of: the last that named its shipment, else that touched its route. */
function changeOf({ named, concerned }: Draft, { shipmentId, licensePlate }: BrokenLimit): number {
  return named.get(String(shipmentId)) ?? concerned.get(licensePlate) ?? Math.max(0, ...concerned.values());
}

/** What the plan broke as it was, by today's plates. */
function brokenBefore(draft: Draft): Map<string, number> {
  const original = openDraft(draft.plan, draft.context);
  const oldPlates = new Map([...draft.renamed].map(([old, now]) => [now, old]));
  const known = new Set(original.vehicles.map(({ licensePlate }) => licensePlate));
  const plates = [...draft.concerned.keys()].map((plate) => oldPlates.get(plate) ?? plate);
  const { broken } = judgeRoutes(original, { licensePlates: plates.filter((plate) => known.has(plate)) });
  const overs = new Map<string, number>();
  for (const limit of broken) {
    const key = limitKey({
      ...limit,
      licensePlate: draft.renamed.get(limit.licensePlate) ?? limit.licensePlate,
    });
    overs.set(key, Math.max(overs.get(key) ?? 0, Number(limit.over)));
  }
  return overs;
}
