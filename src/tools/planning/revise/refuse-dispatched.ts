import type { App } from "../../../app.ts";
import { type DispatchedRoute, type DispatchedShipment, frozenPlatesOf } from "../../../domain/dispatch.ts";
import { Failure } from "../../../domain/failure.ts";
import type { Identifier } from "../../../domain/identifier.ts";
import type { PlanChange } from "../../../domain/plan-change.ts";
import type { ReadChanges } from "./read-changes.ts";

/** Refuses changes of what is out, or may be: a shipment at a driver, or a route of this plan. Says where it is. */
export async function refuseDispatched(
  { changes, sources }: ReadChanges,
  { app, routes }: { app: App; routes: readonly DispatchedRoute[] },
): Promise<void> {
  const frozen = frozenPlatesOf(routes);
  for (const [index, change] of changes.entries()) {
    const plate = platesOf(change).find((own) => frozen.includes(own));
    if (plate !== undefined) refuseRoute(routes, plate, sources[index]!);
  }
  const ids = changes.flatMap(shipmentsOf);
  if (ids.length === 0) return;
  const store = await app.store();
  const out = new Map((await store.dispatches.withShipments(ids)).map((one) => [one.shipmentId, one]));
  for (const [index, change] of changes.entries()) {
    const own = shipmentsOf(change).map((id) => out.get(String(id)));
    const found = own.find((one) => one !== undefined && !isHarmless(change, one, routes));
    if (found) refuseShipmentOut(found, sources[index]!);
  }
}

/** What is out under another plan may well be taken out of this one. */
function isHarmless({ op }: PlanChange, { planId }: DispatchedShipment, routes: readonly DispatchedRoute[]) {
  const isOfThisPlan = routes.some((route) => route.planId === planId);
  return op === "remove" && !isOfThisPlan;
}

function shipmentsOf(change: PlanChange): Identifier[] {
  if (change.op === "swap") return [change.shipmentId, change.withShipmentId];
  if (change.op === "set_vehicle") return [];
  if ("shipmentId" in change) return [change.shipmentId];
  const added = change.op === "add" ? (change.shipments ?? []).map(({ id }) => id) : [];
  return [...(change.shipmentIds ?? []), ...added];
}

function platesOf(change: PlanChange): string[] {
  const plates = "licensePlate" in change ? [change.licensePlate] : [];
  const more = change.op === "set_vehicle" ? [change.newLicensePlate] : [];
  return [...plates, ...more].filter((plate) => plate !== undefined);
}

function refuseRoute(routes: readonly DispatchedRoute[], plate: string, index: number): never {
  const route = routes.find(({ licensePlate }) => licensePlate === plate)!;
  throw new Failure(
    "conflict",
    `\`changes[${index}]\` touches ${plate}, whose route is ${stateWords[route.state]} as ${jobOf(route)} to ${route.driverEmail}: it is frozen.`,
    {
      hint: "Change the routes that are not out; what is on the road is settled with its driver.",
      fields: [`changes[${index}]`],
    },
  );
}

function refuseShipmentOut(out: DispatchedShipment, index: number): never {
  throw new Failure(
    "conflict",
    `\`changes[${index}]\` touches shipment ${out.shipmentId}, which is ${stateWords[out.state]} with ${out.licensePlate} ` +
      `of plan ${out.planId} as ${jobOf(out)}: it is frozen.`,
    {
      hint: `If it comes back undelivered, release_shipments {shipment_ids: ["${out.shipmentId}"]} lets it go out again.`,
      fields: [`changes[${index}]`],
    },
  );
}

const stateWords: Record<DispatchedRoute["state"], string> = {
  claimed: "being dispatched",
  sending: "being dispatched",
  unknown: "dispatched, or may be,",
  dispatched: "dispatched",
  refused: "refused",
};

function jobOf({ jobId, externalJobId }: Pick<DispatchedRoute, "jobId" | "externalJobId">): string {
  return jobId === null ? `job ${externalJobId}` : `job ${jobId} (${externalJobId})`;
}
