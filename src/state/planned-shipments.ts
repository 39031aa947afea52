import type { Kysely, Transaction } from "kysely";
import type { Identifier } from "../domain/identifier.ts";
import type { Plan } from "../domain/plan.ts";
import type { Database, PlannedShipmentsTable } from "./schema.ts";

/** Where a plan's newest revision has a shipment. */
export type PlannedShipment = {
  planId: string;
  revision: number;
  licensePlate: string;
  /** Of the stop, from 1. */
  sequence: number;
  /** ISO 8601 */
  arriveAt: string;
};

/** SQLite takes some 32,000 values a statement; this stays far below. */
const rowsPerStatement = 1_000;

/** Records where a plan has its shipments, in place of where its revision before had them. */
export async function indexShipments(db: Transaction<Database>, plan: Plan): Promise<void> {
  await db.deleteFrom("plannedShipments").where("planId", "=", plan.planId).execute();
  const rows = rowsOf(plan);
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await db
      .insertInto("plannedShipments")
      .values(rows.slice(start, start + rowsPerStatement))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/**
 * The shipment's stop in the newest plan that has it on a route: the first one where it is split. A number and its
 * text are the same identifier.
 */
export async function findPlannedShipment(
  db: Kysely<Database>,
  shipmentId: Identifier,
): Promise<PlannedShipment | undefined> {
  return db
    .selectFrom("plannedShipments")
    .innerJoin("plans", "plans.planId", "plannedShipments.planId")
    .select(["plans.planId", "revision", "licensePlate", "stop as sequence", "arriveAt"])
    .where("shipmentId", "=", String(shipmentId))
    .orderBy("plans.sequence", "desc")
    .orderBy("arriveAt")
    .limit(1)
    .executeTakeFirst();
}

function rowsOf({ planId, routes }: Plan): PlannedShipmentsTable[] {
  return routes.flatMap(({ licensePlate, stops }) =>
    stops.flatMap(({ sequence, arriveAt, shipmentIds }) =>
      shipmentIds.map((shipmentId) => ({
        shipmentId: String(shipmentId),
        planId,
        licensePlate,
        stop: sequence,
        arriveAt,
      })),
    ),
  );
}
