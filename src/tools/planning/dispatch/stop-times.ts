import type { PlanOptions, PlanStop, ShipmentWindow } from "../../../domain/plan.ts";

/** When a stop may be served; ISO 8601 with offset, either end may be open. */
export type StopWindow = { startAt?: string; endAt?: string };

/** What was agreed of a stop's time: the windows of its shipments, narrowed by their locks. */
export function windowOf(stop: PlanStop, { timeWindows, locks }: PlanOptions): StopWindow {
  const ids = new Set(stop.shipmentIds.map(String));
  const agreed = [...ids].flatMap((id) => {
    const own = timeWindows.filter(({ shipmentId }) => String(shipmentId) === id);
    const kept = windowAt(own, stop.arriveAt);
    return kept ? [kept] : [];
  });
  const locked = locks
    .filter(({ shipmentId }) => ids.has(String(shipmentId)))
    .map(({ notBefore, notAfter }) => ({
      ...(notBefore !== undefined && { startAt: notBefore }),
      ...(notAfter !== undefined && { endAt: notAfter }),
    }));
  return [...agreed, ...locked].reduce<StopWindow>(narrow, {});
}

/** The minutes that unloading takes: those of a rule on one of its shipments, the longest, else the plan's. */
export function unloadingMinutes(
  stop: PlanStop,
  { shipmentRules = [], serviceMinutes }: PlanOptions,
): number {
  const ruled = stop.shipmentIds.flatMap((id) => {
    const rules = shipmentRules.filter((rule) => rule.shipmentIds.some((one) => String(one) === String(id)));
    return rules.findLast((rule) => rule.serviceMinutes !== undefined)?.serviceMinutes ?? [];
  });
  return ruled.length === 0 ? serviceMinutes : Math.max(...ruled);
}

/** Several windows are alternatives: the one that the plan meets, else the next that opens, else the last. */
function windowAt(windows: readonly ShipmentWindow[], arriveAt: string): StopWindow | undefined {
  const arrival = Date.parse(arriveAt);
  const isOver = ({ endAt }: StopWindow) => endAt !== undefined && Date.parse(endAt) < arrival;
  const sorted = windows.toSorted(
    (a, b) => Date.parse(a.startAt ?? "0000") - Date.parse(b.startAt ?? "0000"),
  );
  const kept = sorted.find((window) => !isOver(window)) ?? sorted.at(-1);
  return (
    kept && {
      ...(kept.startAt !== undefined && { startAt: kept.startAt }),
      ...(kept.endAt !== undefined && { endAt: kept.endAt }),
    }
  );
}

function narrow(a: StopWindow, b: StopWindow): StopWindow {
  const startAt = later(a.startAt, b.startAt);
  const endAt = later(a.endAt, b.endAt) === a.endAt ? (b.endAt ?? a.endAt) : (a.endAt ?? b.endAt);
  return { ...(startAt !== undefined && { startAt }), ...(endAt !== undefined && { endAt }) };
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Date.parse(a) >= Date.parse(b) ? a : b;
}
