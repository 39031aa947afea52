import { type QueryExecutorProvider, sql } from "kysely";

/**
 * The routes that were claimed for dispatching, and their shipments. The identifier of a claim is never given again,
 * so that whoever still holds a claim that was taken away finds that it is gone.
 */
export async function createDispatches(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table dispatchedRoutes (
      claimId integer primary key autoincrement,
      planId text not null references plans (planId),
      revision integer not null,
      licensePlate text not null,
      externalJobId text not null unique,
      driverEmail text not null,
      shipmentIds text not null,
      claimedAt text not null,
      owner text not null,
      writesBefore integer not null,
      driven text,
      unique (planId, licensePlate)
    ) strict`.execute(db);
  await sql`
    create table dispatchedShipments (
      shipmentId text not null,
      claimId integer not null references dispatchedRoutes (claimId) on delete cascade,
      releasedAt text,
      primary key (shipmentId, claimId)
    ) strict, without rowid`.execute(db);
  await sql`create index dispatchedShipmentsByClaim on dispatchedShipments (claimId)`.execute(db);
}
