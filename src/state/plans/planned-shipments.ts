import { type Kysely, sql, type Transaction } from "kysely";
import type { Identifier } from "../../domain/identifier.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Database, PlannedShipmentsTable } from "../schema.ts";

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

/** Records where a plan has its shipments, in place of where its revision before had them. */
export async function indexShipments(db: Transaction<Database>, plan: Plan): Promise<void> {
  await db.deleteFrom("plannedShipments").where("planId", "=", plan.planId).execute();
  // The rows go as one value: a statement of a thousand values takes longer to be written than to be carried out.
  await sql`
    insert into ${sql.table("plannedShipments")}
      (${sql.join(columns.map((column) => sql.ref(column)))})
    select ${sql.join(columns.map((_, index) => sql`value ->> ${sql.lit(index)}`))}
    from json_each(${JSON.stringify(rowsOf(plan))})
    where true on conflict do nothing
  `.execute(db);
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

const columns = [
  "shipmentId",
  "planId",
  "licensePlate",
  "stop",
  "arriveAt",
] as const satisfies (keyof PlannedShipmentsTable)[];

/** In the order of `columns`. */
function rowsOf({ planId, routes }: Plan): PlannedShipmentsTable[keyof PlannedShipmentsTable][][] {
  return routes.flatMap(({ licensePlate, stops }) =>
    stops.flatMap(({ sequence, arriveAt, shipmentIds }) =>
      shipmentIds.map((shipmentId) => [String(shipmentId), planId, licensePlate, sequence, arriveAt]),
    ),
  );
}

/** Up to `limit` shipments of newest revisions whose identifiers begin so, in their order. */
export async function findShipmentIds(
  db: Kysely<Database>,
  prefix: string,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom("plannedShipments")
    .select("shipmentId")
    .distinct()
    .where("shipmentId", ">=", prefix)
    .where("shipmentId", "<", `${prefix}\uffff`)
    .orderBy("shipmentId")
    .limit(limit)
    .execute();
  return rows.map(({ shipmentId }) => shipmentId);
}
