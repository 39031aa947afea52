import type { Transaction } from "kysely";
import type { DispatchedShipment } from "../../domain/dispatch.ts";
import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import { inParts } from "../in-parts.ts";
import type { Owners } from "../owners.ts";
import type { Database } from "../schema.ts";
import { findShipmentsOut, shipmentKeys } from "./dispatched-shipments.ts";

/** What became of each shipment that was to be released; identifiers as text. */
export type Released = {
  /** Where those that were out are out. */
  released: DispatchedShipment[];
  /** Were out, and were released before. */
  releasedBefore: string[];
  /** Never went out. */
  notOut: string[];
};

type Place = { db: Transaction<Database>; owners: Pick<Owners, "isGone"> };

/** Releases shipments within a transaction; `Dispatches.release` says when it fails. */
export async function releaseShipments(
  place: Place,
  shipmentIds: readonly Identifier[],
  releasedAt: string,
): Promise<Released> {
  const { db } = place;
  const keys = shipmentKeys(shipmentIds);
  const released = await findShipmentsOut(place, keys);
  const busy = released.find(({ state }) => state === "claimed" || state === "sending");
  if (busy) throw isBeingSent(busy);
  const out = new Set(released.map(({ shipmentId }) => shipmentId));
  const before = await releasedEarlier(db, keys);
  for (const part of inParts([...out])) {
    await db
      .updateTable("dispatchedShipments")
      .set({ releasedAt })
      .where("shipmentId", "in", part)
      .where("releasedAt", "is", null)
      .execute();
  }
  const rest = keys.filter((key) => !out.has(key));
  return {
    released,
    releasedBefore: rest.filter((key) => before.has(key)),
    notOut: rest.filter((key) => !before.has(key)),
  };
}

async function releasedEarlier(
  db: Transaction<Database>,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const part of inParts(keys)) {
    const rows = await db
      .selectFrom("dispatchedShipments")
      .select("shipmentId")
      .where("shipmentId", "in", part)
      .where("releasedAt", "is not", null)
      .execute();
    for (const { shipmentId } of rows) found.add(shipmentId);
  }
  return found;
}

function isBeingSent({ shipmentId, planId, licensePlate }: DispatchedShipment): Failure {
  return new Failure(
    "conflict",
    `Shipment ${shipmentId} is being sent with ${licensePlate} of plan ${planId} right now; nothing was released.`,
    { hint: "Wait until dispatch_plan has answered, then call again.", fields: ["shipment_ids"] },
  );
}
