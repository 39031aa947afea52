import type { PlanContent, PlanRoute, UnassignedShipment } from "../../domain/plan.ts";
import { keyOf } from "../prepare/request.ts";
import { withoutWouldTake } from "../would-take/add-would-take.ts";
import { findBrokenGroups } from "./broken-groups.ts";
import type { Draft } from "./draft.ts";
import { partsByShipment } from "./draft-splits.ts";
import { tellOn, toContent } from "./measure-revision.ts";
import { refuse } from "./refuse.ts";
import { type SearchMode, searchedRoutes } from "./search-request.ts";

/**
 * The plan of a search together with the routes that were no part of it. A Failure `infeasible` where the search had to
 * leave out what was on a route, unless a change took room or a vehicle away or a more important shipment came in its
 * place.
 */
export function joinRevision(draft: Draft, content: PlanContent, mode: SearchMode): PlanContent {
  refuseLeftOut(draft, content, mode);
  const searched = new Set(searchedRoutes(draft, mode).map(({ licensePlate }) => licensePlate));
  const found = new Map(content.routes.map((route) => [route.licensePlate, route]));
  const known = new Map(draft.plan.routes.map((route) => [route.licensePlate, route]));
  const kept = draft.routes.flatMap(({ licensePlate }): PlanRoute[] => {
    const [before, after] = [known.get(licensePlate), found.get(licensePlate)];
    const isKept = !searched.has(licensePlate) || isNoBetter(draft, { before, after });
    found.delete(licensePlate);
    const route = isKept ? before : after;
    return route ? [route] : [];
  });
  const { iterations, repeatable } = content.quality;
  // What is proven of the searched part is not proven of the whole.
  const reason = content.quality.reason.replace(/ No plan that serves .*$/, "");
  const revised = toContent(draft, {
    routes: [...kept, ...found.values()],
    unassigned: joinUnassigned(draft, content, mode),
    reason: `${tellScope(draft, mode, searched.size)} ${reason}`,
    iterations,
    repeatable,
    ...(mode === "all" && { unmappedItems: content.unmappedItems }),
    warnings: content.warnings.filter(isOfSearch),
  });
  const { whatWouldHelp } = content;
  return { ...revised, ...(mode === "all" && whatWouldHelp && { whatWouldHelp }) };
}

type Routes = { before: PlanRoute | undefined; after: PlanRoute | undefined };

/** Another order of the same goods that gains nothing is no reason to tell a driver anything. */
function isNoBetter({ concerned }: Draft, { before, after }: Routes): boolean {
  if (!before || !after || concerned.has(after.licensePlate)) return false;
  const isSameOrLess =
    before.distanceMeters <= after.distanceMeters && before.durationSeconds <= after.durationSeconds;
  const lateness = ({ stops }: PlanRoute) => stops.reduce((sum, { lateSeconds = 0 }) => sum + lateSeconds, 0);
  return isSameOrLess && lateness(before) <= lateness(after) && goodsOf(before) === goodsOf(after);
}

function goodsOf({ stops }: PlanRoute): string {
  const goods = stops.flatMap(({ trip, items }) =>
    items.map(({ shipmentId, material, quantity }) => `${trip ?? 1} ${shipmentId} ${material} ${quantity}`),
  );
  return goods.sort((a, b) => (a < b ? -1 : 1)).join("\n");
}

/** What is told of routes is told anew of all of them. */
function isOfSearch(warning: string): boolean {
  return /^\d+ of \d+ drives|^The time limit|^The search was cancelled/.test(warning);
}

function tellScope({ routes, context }: Draft, mode: SearchMode, searched: number): string {
  const out = context.frozen.length;
  const frozen = out === 0 ? "" : ` ${out} dispatched ${out === 1 ? "route is" : "routes are"} as they were.`;
  if (mode === "all") return `Searched everything that is not dispatched.${frozen}`;
  const rest = routes.length - searched;
  const others = rest === 0 ? "" : `; ${rest} ${rest === 1 ? "route is" : "routes are"} as before`;
  return `Searched the order of stops on ${searched} ${searched === 1 ? "vehicle" : "vehicles"}${others}.`;
}

/** What was no part of the search stays left out as it was; the rest is as the search tells. */
function joinUnassigned(draft: Draft, content: PlanContent, mode: SearchMode): UnassignedShipment[] {
  const told = new Map(content.unassigned.map((one) => [keyOf(one.shipmentId), one]));
  const served = new Set(
    content.routes.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds.map(keyOf))),
  );
  const before = tellOn(draft.unassigned)
    .filter(({ shipmentId }) => !served.has(keyOf(shipmentId)))
    .map((left) => {
      const now = told.get(keyOf(left.shipmentId));
      told.delete(keyOf(left.shipmentId));
      return now ?? left;
    });
  const found = [...told.values()];
  return [...before, ...(mode === "routes" ? tellOn(found).map(tellKept) : found)];
}

/** In "routes" nothing may change its vehicle, which is no lock of the dispatcher. */
function tellKept(told: UnassignedShipment): UnassignedShipment {
  const left = withoutWouldTake(told);
  const reason = left.reason === "lock_impossible" ? "fleet_full" : left.reason;
  return {
    ...left,
    reason,
    message: `${left.message} With reoptimize "routes" it stays on its vehicle or is left out; "all" tries the others.`,
  };
}

/** The search serves what is most important: what it leaves out although it was on a route is what a change cost. */
function refuseLeftOut(draft: Draft, content: PlanContent, mode: SearchMode): void {
  const riding = partsByShipment({
    routes: searchedRoutes(draft, mode),
    loose: mode === "all" ? draft.loose : [],
  });
  // What may be left out at a price is no mistake either.
  const lost = content.unassigned.filter(
    ({ shipmentId, reason }) => riding.has(keyOf(shipmentId)) && reason !== "not_worth_it",
  );
  const isForOthers = content.routes.some(({ stops }) =>
    stops.some(({ shipmentIds }) => shipmentIds.some((id) => !riding.has(keyOf(id)))),
  );
  // Others came in their place: only a higher priority does that.
  if (lost.length > 0 && !draft.hasLessRoom && !isForOthers) {
    const first = lost.find(({ shipmentId }) => draft.named.has(keyOf(shipmentId))) ?? lost[0]!;
    const more = lost.length === 1 ? "" : ` ${lost.length - 1} more would be left out.`;
    const index = draft.named.get(keyOf(first.shipmentId)) ?? Math.max(0, ...draft.concerned.values());
    refuse({ index }, `With these changes a shipment would be left out: ${first.message}${more}`, {
      hint:
        mode === "routes"
          ? 'Undo what brings too much there, or let reoptimize "all" try the other vehicles.'
          : "Remove it with remove if it can wait, or take the change back.",
    });
  }
  if (mode !== "routes") return;
  const [broken] = findBrokenGroups(draft).filter(
    ({ shipmentId }) => shipmentId !== undefined && draft.named.has(keyOf(shipmentId)),
  );
  if (broken)
    refuse({ index: draft.named.get(keyOf(broken.shipmentId!))! }, `${broken.message}.`, {
      hint: "Move all shipments of the group in one call.",
    });
}
