import type { PlanLoad } from "../../domain/plan.ts";
import type { LoadDifference, LoadNotice } from "./difference.ts";

const nearlyFull = 0.95;
const nearlyEmpty = 0.3;

/** The loads of one vehicle that are not what they were, by material and trip. */
export function loadDifferences(before: readonly PlanLoad[], after: readonly PlanLoad[]): LoadDifference[] {
  const loadsBefore = byName(before);
  const loadsAfter = byName(after);
  const names = new Set([...loadsAfter.keys(), ...loadsBefore.keys()]);
  return [...names].flatMap((name) => differenceOf(loadsBefore.get(name), loadsAfter.get(name)));
}

/** The first trip of a route of several is the one trip of a route that had no other. */
function byName(loads: readonly PlanLoad[]): Map<string, PlanLoad> {
  return new Map(loads.map((load) => [`${load.trip ?? 1}\n${load.material}`, load]));
}

function differenceOf(before: PlanLoad | undefined, after: PlanLoad | undefined): LoadDifference[] {
  const { material, trip } = (after ?? before)!;
  const quantity = { before: before?.quantity ?? "0", after: after?.quantity ?? "0" };
  const capacity = { before: before?.capacity ?? null, after: after?.capacity ?? null };
  const hasChanged = quantity.before !== quantity.after || isOtherRoom(capacity);
  if (!hasChanged || (quantity.before === "0" && quantity.after === "0")) return [];
  const fill = { before: before?.fill ?? null, after: after?.fill ?? null };
  const notice = noticeOf(quantity, fill);
  return [
    {
      material,
      ...(trip !== undefined && { trip }),
      quantity,
      capacity,
      fill,
      ...(notice && { notice }),
    },
  ];
}

/** A vehicle that stays has no room to tell, but it did not lose it. */
function isOtherRoom({ before, after }: LoadDifference["capacity"]): boolean {
  return before !== null && after !== null && before !== after;
}

/** Only what this change made so: a load that was nearly full before is no news. */
function noticeOf(
  quantity: LoadDifference["quantity"],
  fill: LoadDifference["fill"],
): LoadNotice | undefined {
  const [was, is] = [fill.before ?? 0, fill.after ?? 0];
  if (is > 1) return "over";
  if (quantity.after === "0") return "empty";
  if (is >= nearlyFull && was < nearlyFull) return "nearly_full";
  if (is < nearlyEmpty && was >= nearlyEmpty) return "nearly_empty";
  return undefined;
}
