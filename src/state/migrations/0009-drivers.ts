import { type QueryExecutorProvider, sql } from "kysely";

/** Who drives which vehicle. */
export async function createDrivers(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table drivers (
      licensePlate text primary key,
      driverEmail text not null,
      setAt text not null
    ) strict, without rowid`.execute(db);
}
