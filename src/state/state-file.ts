import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "../domain/failure.ts";
import { asStateFailure, sqliteBusy, sqliteCode, stateFailure } from "./state-failure.ts";

/** Where a store that lives and dies with its process is. */
export const inMemory = ":memory:";

/** How long a statement waits while another process writes. */
const busyTimeoutMilliseconds = 10_000;
const walAttempts = 400;
const walPauseMilliseconds = 25;

/**
 * Opens the SQLite file at a path, or a database in memory. Makes the folder (0700) and the file (0600) where they
 * are missing. Reads and writes nothing yet. Fails with the reason where no file can be there.
 */
export function openStateFile(location: string): DatabaseSync {
  refuseOtherThanFile(location);
  if (location !== inMemory) makeFile(location);
  try {
    return new DatabaseSync(location, { timeout: busyTimeoutMilliseconds });
  } catch (error) {
    throw asStateFailure(error, location);
  }
}

/**
 * Lets readers and a writer work side by side. Two processes that turn a new file's log on at once are told "busy"
 * without SQLite's own waiting, so the waiting is done here.
 */
export async function useWriteAheadLog(database: DatabaseSync, location: string): Promise<void> {
  // A commit is on the disk before the vendor hears of it: a power cut must not forget a write.
  database.exec("pragma synchronous = full");
  for (let attempt = 1; ; attempt++) {
    try {
      database.exec("pragma journal_mode = wal");
      return;
    } catch (error) {
      if (sqliteCode(error) !== sqliteBusy || attempt === walAttempts) throw asStateFailure(error, location);
      await delay(walPauseMilliseconds);
    }
  }
}

/**
 * Refuses a file with a page that is not as it should be (sqlite.org, "PRAGMA quick_check"), so that damage is found
 * at the start and not by the dispatch that meets it. Reads the whole file, half a second a gigabyte once it is in
 * memory, and writes nothing.
 */
export function refuseDamaged(database: DatabaseSync, location: string): void {
  if (location === inMemory) return;
  let complaints: Record<string, unknown>[];
  try {
    complaints = database.prepare("pragma quick_check(1)").all();
  } catch (error) {
    throw asStateFailure(error, location);
  }
  if (complaints.length === 1 && complaints[0]?.["quick_check"] === "ok") return;
  const hint = "Restore it from a backup or name another file; it was left as it is.";
  throw stateFailure(location, "is damaged", hint, complaints[0]);
}

function refuseOtherThanFile(location: string): void {
  if (location !== "" && !/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) return;
  throw new Failure(
    "not_configured",
    "WAYBILL_STATE names no file, and another kind of store is not supported.",
    {
      hint: 'Give it the path of a SQLite file, or ":memory:".',
    },
  );
}

function makeFile(location: string): void {
  try {
    mkdirSync(dirname(location), { recursive: true, mode: 0o700 });
    // Never opened when it exists: closing any descriptor of a file drops the locks this process has on it.
    closeSync(openSync(location, "wx", 0o600));
  } catch (error) {
    refuseUnusable(location, error);
  }
  keepPrivate(location);
}

/** Tells a file that exists, which is fine, from everything else that is in the way. */
function refuseUnusable(location: string, cause: unknown): void {
  const status = statOf(location);
  if (!status) {
    throw stateFailure(location, "cannot be made", "Name a file in a folder that you may write.", cause);
  }
  if (status.isFile()) return;
  throw stateFailure(location, "is no file", "Name a file, such as waybill.db in a folder of yours.", cause);
}

/** The log and its index take the mode of the file when SQLite makes them; older ones are set right here. */
function keepPrivate(location: string): void {
  for (const file of [location, `${location}-wal`, `${location}-shm`]) {
    const mode = statOf(file)?.mode ?? 0;
    if ((mode & 0o077) === 0) continue;
    try {
      chmodSync(file, 0o600);
    } catch (error) {
      const hint = "Start as the file's owner, or name another file.";
      throw stateFailure(location, "can be read by others", hint, error);
    }
  }
}

function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
