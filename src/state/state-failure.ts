import { Failure } from "../domain/failure.ts";

/** SQLite's result code for "another connection holds the lock" (sqlite.org, "Result and Error Codes"). */
export const sqliteBusy = 5;

/** SQLite's primary result codes that tell of the file or the disk, not of our own statements. */
const troubles = new Map<number, { trouble: string; hint: string }>([
  [
    sqliteBusy,
    { trouble: "is locked by another program", hint: "Close what holds it open, then call again." },
  ],
  [8, { trouble: "cannot be written", hint: "Make the file and its folder writable, or name another file." }],
  [10, { trouble: "cannot be read or written", hint: "Check the disk and its limits, then call again." }],
  [
    11,
    { trouble: "is damaged", hint: "Restore it from a backup or name another file; it was left as it is." },
  ],
  [13, { trouble: "cannot grow: the disk is full", hint: "Make room on the disk, then call again." }],
  [14, { trouble: "cannot be opened", hint: "Name a file in a folder that you may read and write." }],
  [23, { trouble: "may not be used", hint: "Check who may read and write it, or name another file." }],
  [
    26,
    {
      trouble: "is no state file",
      hint: "Restore it from a backup or name another file; it was left as it is.",
    },
  ],
]);

/** The primary result code of an error of node:sqlite; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number")
    return undefined;
  return error.errcode & 0xff;
}

/** Says in words what is wrong with the state file; errors of another kind pass unchanged. */
export function asStateFailure(error: unknown, location: string): unknown {
  const found = troubles.get(sqliteCode(error) ?? -1);
  return found ? stateFailure(location, found.trouble, found.hint, error) : error;
}

/** The failure of a state file that can't be used. */
export function stateFailure(location: string, trouble: string, hint: string, cause?: unknown): Failure {
  return new Failure(
    "unavailable",
    `The state file (WAYBILL_STATE, ${location}) ${trouble}.`,
    { hint },
    cause,
  );
}
