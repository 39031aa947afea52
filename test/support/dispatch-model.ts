import type { DispatchState } from "../../src/domain/dispatch.ts";
import { jobOf, type WorldRoute } from "./dispatch-world.ts";

/** A claim as the model has it. */
export type ModelClaim = {
  claimId: number;
  owner: string;
  route: WorldRoute;
  write?: { writeId: string; state: "sending" | "unknown" | "done" | "refused"; owner: string };
  released: Set<string>;
};

/** A job that the vendor holds; `released`: shipments of it that a person let go out again. */
export type HeldJob = { job: string; claimId: number; route: WorldRoute; released: Set<string> };

/** What should be true of claims, kept as plainly as can be. */
export type DispatchModel = {
  claims: Map<string, ModelClaim>;
  revisions: Map<string, number>;
  held: HeldJob[];
};

export const keysOf = ({ shipmentIds }: WorldRoute): string[] => shipmentIds.map(String);

/** How a claim stands; "void" where it came to nothing. */
export function stateOf(claim: ModelClaim, isGone: (owner: string) => boolean): DispatchState | "void" {
  const { write } = claim;
  if (!write) return isGone(claim.owner) ? "void" : "claimed";
  if (write.state === "done") return "dispatched";
  return write.state === "sending" && isGone(write.owner) ? "unknown" : write.state;
}

/** The claims that nobody may take away. */
export function standing({ claims }: DispatchModel, isGone: (owner: string) => boolean): ModelClaim[] {
  return [...claims.values()].filter((claim) => !["void", "refused"].includes(stateOf(claim, isGone)));
}

/** What a claim of this route by that process should come to: a new one, the one there is, or a refusal. */
export function expectedOfClaim(
  model: DispatchModel,
  { route, isGone }: { route: WorldRoute; isGone: (owner: string) => boolean },
): "new" | "same" | "conflict" {
  const live = standing(model, isGone);
  if (live.some((claim) => jobOf(claim.route) === jobOf(route))) return "same";
  const keys = keysOf(route);
  const isOut = live.some(
    (claim) =>
      claim.route.planId !== route.planId &&
      keysOf(claim.route).some((key) => keys.includes(key) && !claim.released.has(key)),
  );
  return isOut ? "conflict" : "new";
}

/** Records a new claim; claims of other plans that came to nothing give way to it. */
export function addClaim(model: DispatchModel, claim: ModelClaim, isGone: (owner: string) => boolean): void {
  const keys = keysOf(claim.route);
  for (const [job, other] of model.claims) {
    const isEmpty = ["void", "refused"].includes(stateOf(other, isGone));
    const isShared = keysOf(other.route).some((key) => keys.includes(key) && !other.released.has(key));
    if (isEmpty && isShared && other.route.planId !== claim.route.planId) model.claims.delete(job);
  }
  model.claims.set(jobOf(claim.route), claim);
}

/** Shipments that drivers of two plans have, although nobody let them go out again. */
export function doubledShipments({ held }: DispatchModel): string[] {
  const plansOf = new Map<string, Set<string>>();
  for (const { route, released } of held) {
    for (const key of keysOf(route).filter((one) => !released.has(one))) {
      plansOf.set(key, (plansOf.get(key) ?? new Set()).add(route.planId));
    }
  }
  return [...plansOf].filter(([, plans]) => plans.size > 1).map(([key]) => key);
}
