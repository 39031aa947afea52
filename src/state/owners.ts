import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { stateFailure } from "./state-failure.ts";
import { inMemory } from "./state-file.ts";

/**
 * Tells whether the process that sends a write is still there. Each process holds an exclusive lock on a file of its
 * own beside the state file for as long as it lives; the kernel lets go of it at its death and not before. So no lease
 * runs out, no clock is asked, and a process that hangs, sleeps or was given a dead one's number fools nobody.
 */
export type Owners = {
  /** The name of this process in the ledger; takes the lock when first asked. */
  self: () => string;
  /** True only when the process of that name has provably ended (or closed its store). */
  isGone: (owner: string) => boolean;
  /** Lets go of the lock; nothing may be in flight any more. */
  close: () => void;
};

const lockAttempts = 100;

/** The owners of the writes of one state file. */
export function createOwners({ location, randomId }: { location: string; randomId: () => string }): Owners {
  if (location === inMemory) return ownersInMemory(randomId());
  const folder = `${location}-owners`;
  const fileOf = (owner: string) => join(folder, `${owner}.lock`);
  let held: { owner: string; lock: DatabaseSync } | undefined;
  return {
    self: () => {
      try {
        held ??= holdLock({ folder, fileOf, randomId });
      } catch (error) {
        const hint = `Make the folder ${folder} writable, or name another file.`;
        throw stateFailure(location, "cannot be marked as in use", hint, error);
      }
      return held.owner;
    },
    isGone: (owner) => owner !== held?.owner && isUnlocked(fileOf(owner)),
    close: () => {
      if (!held) return;
      held.lock.close();
      rmSync(fileOf(held.owner), { force: true });
      held = undefined;
    },
  };
}

/** A database in memory has one process, which is there. */
function ownersInMemory(self: string): Owners {
  return { self: () => self, isGone: (owner) => owner !== self, close: () => {} };
}

type LockPlace = { folder: string; fileOf: (owner: string) => string; randomId: () => string };

function holdLock({ folder, fileOf, randomId }: LockPlace): { owner: string; lock: DatabaseSync } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  sweep(folder);
  for (let attempt = 1; ; attempt++) {
    const owner = randomId();
    const file = fileOf(owner);
    closeSync(openSync(file, "wx", 0o600));
    const lock = new DatabaseSync(file);
    try {
      lock.exec("pragma journal_mode = memory; begin exclusive");
      // Another process that sweeps may have taken the file for a dead one's just before the lock was there.
      if (existsSync(file)) return { owner, lock };
    } catch (error) {
      if (attempt === lockAttempts) throw error;
    }
    lock.close();
  }
}

/** Removes the files of processes that were killed. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) if (name.endsWith(".lock")) isUnlocked(join(folder, name));
}

/** Whether nobody holds the lock; such a file is removed while its lock is tried, so that nobody takes it meanwhile. */
function isUnlocked(file: string): boolean {
  if (!existsSync(file)) return true;
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    lock.exec("begin; select 1 from sqlite_schema");
    rmSync(file, { force: true });
    return true;
  } catch {
    return !existsSync(file);
  } finally {
    lock?.close();
  }
}
