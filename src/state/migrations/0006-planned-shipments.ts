import { type QueryExecutorProvider, sql } from "kysely";

/** Where the newest revision of each plan has its shipments, those of plans that are there already included. */
export async function createPlannedShipments(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table plannedShipments (
      shipmentId text not null,
      planId text not null references plans (planId),
      licensePlate text not null,
      stop integer not null,
      arriveAt text not null,
      primary key (shipmentId, planId, licensePlate, stop)
    ) strict, without rowid`.execute(db);
  await sql`create index plannedShipmentsByPlan on plannedShipments (planId)`.execute(db);
  await sql`
    insert or ignore into plannedShipments
    select
      cast(shipment.value as text),
      plans.planId,
      json_extract(route.value, '$.licensePlate'),
      json_extract(stop.value, '$.sequence'),
      json_extract(stop.value, '$.arriveAt')
    from plans
      join planRevisions using (planId, revision),
      json_each(document, '$.routes') as route,
      json_each(route.value, '$.stops') as stop,
      json_each(stop.value, '$.shipmentIds') as shipment`.execute(db);
}
