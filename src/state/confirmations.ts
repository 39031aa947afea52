import type { Kysely } from "kysely";
import { Failure } from "../domain/failure.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Clocks, elapsedMilliseconds, instantOf, parseInstant } from "./instant.ts";
import { repeatMilliseconds } from "./repeat-time.ts";
import type { Database } from "./schema.ts";

/** A call that somebody has to agree to: its tool and its arguments (JSON) without the confirmation. */
type ConfirmedCall = { tool: string; arguments: unknown };

/**
 * What has been agreed to. A confirmation is good for one call with the very arguments that were shown, for fifteen
 * minutes, in every process of this state; the call's answer is kept with it.
 */
export type Confirmations = {
  /** A new one for this call; nothing is done yet. */
  issue: (call: ConfirmedCall) => Promise<string>;
  /**
   * The answer (JSON) that the call got under it before; undefined when the call is now to be made. Fails with
   * `conflict` for another call's confirmation, with `invalid_input` for one that is unknown or has run out.
   */
  take: (confirmation: string, call: ConfirmedCall) => Promise<unknown>;
  /** Keeps the answer of the call that was made under it. */
  settle: (confirmation: string, answer: unknown) => Promise<void>;
};

type Options = { db: Kysely<Database>; clocks: Clocks; randomId: () => string };

const lifetimeMilliseconds = 15 * 60_000;

/** The confirmations of a store. */
export function createConfirmations(options: Options): Confirmations {
  return {
    issue: (call) => issue(options, call),
    take: (confirmation, call) => take(options, confirmation, call),
    settle: async (confirmation, answer) => {
      await options.db
        .updateTable("confirmations")
        .set({ answer: JSON.stringify(answer) })
        .where("confirmation", "=", confirmation)
        .execute();
    },
  };
}

async function issue({ db, clocks, randomId }: Options, call: ConfirmedCall): Promise<string> {
  const confirmation = randomId();
  const fingerprint = fingerprintOf(call.tool, call.arguments);
  const issued = JSON.stringify(instantOf(clocks));
  await db
    .insertInto("confirmations")
    .values({ confirmation, tool: call.tool, fingerprint, issued })
    .execute();
  return confirmation;
}

async function take({ db, clocks }: Options, confirmation: string, call: ConfirmedCall): Promise<unknown> {
  const row = await db
    .selectFrom("confirmations")
    .selectAll()
    .where("confirmation", "=", confirmation)
    .executeTakeFirst();
  if (!row) throw unusable("was not given by this server");
  if (row.fingerprint !== fingerprintOf(call.tool, call.arguments)) throw ofAnotherCall();
  if (row.answer !== null) return JSON.parse(row.answer);
  // Once used without an answer, its call may be made again only while the ledger takes that for a repeat.
  const isOver =
    row.used === null
      ? age(clocks, row.issued) >= lifetimeMilliseconds
      : age(clocks, row.used) >= repeatMilliseconds;
  if (isOver) throw unusable("has run out: it is good for 15 minutes");
  await db
    .updateTable("confirmations")
    .set({ used: JSON.stringify(instantOf(clocks)) })
    .where("confirmation", "=", confirmation)
    .where("used", "is", null)
    .execute();
  return undefined;
}

/** A clock that was set back tells no age; then nothing runs out. */
function age(clocks: Clocks, instant: string): number {
  return elapsedMilliseconds(parseInstant(instant), instantOf(clocks)) ?? 0;
}

function unusable(what: string): Failure {
  return new Failure("invalid_input", `That \`confirmation\` ${what}; nothing was done.`, {
    hint: "Call again without `confirmation` to see what would be done and get a new one.",
    fields: ["confirmation"],
  });
}

function ofAnotherCall(): Failure {
  return new Failure("conflict", "That `confirmation` is for another call; nothing was done.", {
    hint: "Repeat the call with exactly the arguments that were shown, or call without `confirmation` for these.",
    fields: ["confirmation"],
  });
}
