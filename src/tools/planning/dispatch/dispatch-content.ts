import type { RouteImport, RouteImportStop } from "../../../domain/route-job.ts";
import { quote } from "../../../domain/vendor-text.ts";
import { canonicalJson } from "../../../state/fingerprint.ts";
import { type Dispatch, isToSend } from "./prepare-dispatch.ts";

/** What binds: every write as it would be made. It is the same whatever of it is out by now. */
export type DispatchContent = {
  planId: string;
  revision: number;
  routes: { licensePlate: string; import: RouteImport | null }[];
  /** Plates whose routes were not to be sent when this was shown: nobody has agreed to them. */
  heldBack: string[];
};

/** The content of a dispatch, to be kept with its confirmation. */
export function contentOf({ plan, intents }: Dispatch): DispatchContent {
  return {
    planId: plan.planId,
    revision: plan.revision,
    routes: intents.map(({ licensePlate, import: route }) => ({ licensePlate, import: route })),
    heldBack: intents
      .filter((intent) => !isToSend(intent) && intent.standing === null)
      .map(({ licensePlate }) => licensePlate),
  };
}

/** What was shown, as the store gave it back. */
export function readContent(shown: unknown): DispatchContent | undefined {
  return shown === undefined ? undefined : (shown as DispatchContent);
}

/** What is other now than what was shown, item by item; what was held back then binds nobody. */
export function contentChanges(shown: DispatchContent, now: DispatchContent): string[] {
  const before = new Map(shown.routes.map((route) => [route.licensePlate, route]));
  const plates = [...new Set([...before.keys(), ...now.routes.map(({ licensePlate }) => licensePlate)])];
  const changes = plates
    .filter((plate) => !shown.heldBack.includes(plate))
    .flatMap((plate) => {
      const is = now.routes.find(({ licensePlate }) => licensePlate === plate);
      return routeChanges(plate, before.get(plate)?.import, is?.import);
    });
  if (shown.revision === now.revision) return changes;
  return [`The plan is at revision ${now.revision}; revision ${shown.revision} was shown.`, ...changes];
}

type MaybeImport = RouteImport | null | undefined;

function routeChanges(plate: string, was: MaybeImport, is: MaybeImport): string[] {
  if (canonicalJson(withoutRevision(was)) === canonicalJson(withoutRevision(is))) return [];
  if (was === undefined) return [`The route of ${plate} is new.`];
  if (is === undefined) return [`The route of ${plate} is gone.`];
  if (was === null || is === null)
    return [`${plate} has ${is === null ? "no driver any more" : "a driver now"}.`];
  const driver =
    was.driverEmail === is.driverEmail
      ? []
      : [`${plate} goes to ${quote(is.driverEmail, 60)} instead of ${quote(was.driverEmail, 60)}.`];
  const told = [...driver, ...stopChanges(plate, was.stops, is.stops)];
  return told.length > 0 ? told : [`The route of ${plate} changed.`];
}

/** A revision that left a route as it was leaves nothing to be agreed to anew but the revision itself. */
function withoutRevision(route: MaybeImport): unknown {
  return route && { ...route, metadata: { ...route.metadata, revision: undefined } };
}

function stopChanges(
  plate: string,
  was: readonly RouteImportStop[],
  is: readonly RouteImportStop[],
): string[] {
  const [before, after] = [byId(was), byId(is)];
  const gone = [...before.keys()].filter((id) => !after.has(id));
  const added = [...after.keys()].filter((id) => !before.has(id));
  const changed = [...after].flatMap(([id, stop]) => {
    const fields = changedFields(before.get(id), stop);
    return fields.length === 0 ? [] : [`${plate}: stop ${quote(id)} has another ${fields.join(", ")}.`];
  });
  const kept = (ids: Iterable<string>, other: Map<string, unknown>) => [...ids].filter((id) => other.has(id));
  const isReordered = kept(before.keys(), after).join("\n") !== kept(after.keys(), before).join("\n");
  return [
    ...gone.map((id) => `${plate} has no stop ${quote(id)} any more.`),
    ...added.map((id) => `${plate} has a new stop ${quote(id)}.`),
    ...(isReordered ? [`The stops of ${plate} come in another order.`] : []),
    ...changed,
  ];
}

function byId(stops: readonly RouteImportStop[]): Map<string, RouteImportStop> {
  return new Map(stops.map((stop) => [stop.externalStopId, stop]));
}

const fieldWords: Partial<Record<keyof RouteImportStop, string>> = {
  address: "address",
  latitude: "position",
  longitude: "position",
  label: "name",
  notes: "note",
  durationMinutes: "stay",
  timeWindowStart: "time window",
  timeWindowEnd: "time window",
  parcelCount: "number of parcels",
};

function changedFields(was: RouteImportStop | undefined, is: RouteImportStop): string[] {
  if (!was) return [];
  const names = Object.keys(fieldWords) as (keyof RouteImportStop)[];
  const words = names.flatMap((name) => (was[name] === is[name] ? [] : (fieldWords[name] ?? [])));
  return [...new Set(words)];
}
