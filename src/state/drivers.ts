import type { Kysely } from "kysely";
import type { Driver } from "../domain/driver.ts";
import type { Database } from "./schema.ts";

/** A driver as he was set: who drove the vehicle before (null: nobody), and what else he drives. */
export type SetDriver = Driver & { previousEmail: string | null; otherPlates: string[] };

/** Who drives which vehicle: one e-mail a plate. */
export type Drivers = {
  set: (driver: Pick<Driver, "licensePlate" | "driverEmail">) => Promise<SetDriver>;
  /** Of those plates that have one, by plate. */
  of: (licensePlates: readonly string[]) => Promise<Map<string, Driver>>;
  /** In the order of their plates. */
  list: () => Promise<Driver[]>;
};

/** The drivers of a store. */
export function createDrivers({ db, now }: { db: Kysely<Database>; now: () => number }): Drivers {
  const list = () => db.selectFrom("drivers").selectAll().orderBy("licensePlate").execute();
  return {
    set: ({ licensePlate, driverEmail }) => {
      const driver = { licensePlate, driverEmail, setAt: new Date(now()).toISOString() };
      return db.transaction().execute(async (transaction): Promise<SetDriver> => {
        const drivers = await transaction.selectFrom("drivers").selectAll().orderBy("licensePlate").execute();
        await transaction
          .insertInto("drivers")
          .values(driver)
          .onConflict((conflict) => conflict.column("licensePlate").doUpdateSet(driver))
          .execute();
        const before = drivers.find((one) => one.licensePlate === licensePlate);
        const others = drivers.filter((one) => one !== before && isSameEmail(one.driverEmail, driverEmail));
        return {
          ...driver,
          previousEmail: before?.driverEmail ?? null,
          otherPlates: others.map((one) => one.licensePlate),
        };
      });
    },
    of: async (licensePlates) => {
      const wanted = new Set(licensePlates);
      const drivers = await list();
      return new Map(
        drivers
          .filter(({ licensePlate }) => wanted.has(licensePlate))
          .map((driver) => [driver.licensePlate, driver]),
      );
    },
    list,
  };
}

/** Mail servers tell no upper case from lower in practice, and RouteMate does not either. */
function isSameEmail(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
