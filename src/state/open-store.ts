import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Kysely } from "kysely";
import { type Confirmations, createConfirmations } from "./confirmations.ts";
import { createDispatches, type Dispatches } from "./dispatches.ts";
import { createDrivers, type Drivers } from "./drivers.ts";
import { createEvents, type Events } from "./events.ts";
import type { Clocks } from "./instant.ts";
import { createMaterialRules, type MaterialRules } from "./material-rules.ts";
import { migrate, migrations, readVersion } from "./migrate.ts";
import { createNews, type News } from "./news.ts";
import { createOwners } from "./owners.ts";
import { createPlans, type Plans } from "./plans.ts";
import { createRouteImports, type RouteImports } from "./route-imports.ts";
import type { Database } from "./schema.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { asStateFailure, stateFailure } from "./state-failure.ts";
import { inMemory, openStateFile, refuseDamaged, useWriteAheadLog } from "./state-file.ts";
import { createTurns, type Turns } from "./turns.ts";
import type { WriteWaits } from "./writes/write-steps.ts";
import { createWrites, type Writes } from "./writes.ts";

/** What Waybill keeps, behind one interface. */
export type Store = {
  plans: Plans;
  materialRules: MaterialRules;
  writes: Writes;
  routeImports: RouteImports;
  events: Events;
  news: News;
  turns: Turns;
  confirmations: Confirmations;
  drivers: Drivers;
  dispatches: Dispatches;
  /** The version of the file, which is that of its newest migration. */
  version: number;
  /** Fails with the reason when the state can't be reached, or not be marked as in use. */
  check: () => Promise<void>;
  /** Waits for the writes under way, then closes. */
  close: () => Promise<void>;
};

/** Where the state is, and what it takes the time and its identifiers from. */
export type StoreOptions = Clocks & {
  /** Path of a SQLite file, or ":memory:". */
  location: string;
  /** Gives another text each time, fit for a file name; UUIDs when left out. */
  randomId?: () => string;
  waits?: Partial<WriteWaits>;
  /** Whether the record of writes keeps personal data of customers; false when left out. */
  recordsPersonal?: boolean;
};

const usualWaits: WriteWaits = { ownerMilliseconds: 30_000, landingMilliseconds: 5_000 };

/**
 * Opens the state, making or migrating the file as needed. Fails with one sentence that names WAYBILL_STATE when the
 * file is damaged, of a newer version, of another program, or can't be written; such a file is left as it is.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { now, steadyNow, randomId = randomUUID, recordsPersonal = false } = options;
  const location = options.location === inMemory ? inMemory : absolute(options.location);
  const db = await openDatabase(location);
  const inode = inodeOf(location);
  const owners = createOwners({ location, randomId });
  const waits = { ...usualWaits, ...options.waits };
  const recording = { recordsPersonal };
  const { writes, idle, forgetAll } = createWrites({
    db,
    clocks: { now, steadyNow },
    owners,
    randomId,
    waits,
    recording,
  });
  await forgetAll();
  return {
    plans: createPlans({ db, now, randomId, owners }),
    materialRules: createMaterialRules({ db, now }),
    writes,
    routeImports: createRouteImports({ db, writes }),
    events: createEvents({ db, now }),
    news: createNews({ db }),
    turns: createTurns({ db, clocks: { now, steadyNow } }),
    confirmations: createConfirmations({ db, clocks: { now, steadyNow }, randomId }),
    drivers: createDrivers({ db, now }),
    dispatches: createDispatches({ db, now, owners }),
    version: migrations.length,
    check: async () => {
      await db.selectFrom("plans").select("sequence").limit(1).execute();
      owners.self();
      if (inodeOf(location) === inode) return;
      throw stateFailure(location, "was moved or removed while in use", "Put it back, or start again.");
    },
    close: async () => {
      await idle();
      await db.destroy();
      owners.close();
    },
  };
}

async function openDatabase(location: string): Promise<Kysely<Database>> {
  const database = openStateFile(location);
  const dialect = sqliteDialect(database, (error) => asStateFailure(error, location));
  const db = new Kysely<Database>({ dialect });
  try {
    // Asked before anything is written, so that a file that is not ours stays as it is.
    await readVersion(db, location);
    refuseDamaged(database, location);
    await useWriteAheadLog(database, location);
    await migrate(db, location);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** An empty name stays empty, for it is refused. */
function absolute(location: string): string {
  return location === "" || location.includes("://") ? location : resolve(location);
}

/** Tells whether a path still names the same file; undefined in memory and for a file that is gone. */
function inodeOf(location: string): number | undefined {
  return location === inMemory ? undefined : statSync(location, { throwIfNoEntry: false })?.ino;
}
