import type { Kysely, Selectable } from "kysely";
import { Failure } from "../domain/failure.ts";
import { canonicalJson, fingerprintOf } from "./fingerprint.ts";
import { type Clocks, elapsedMilliseconds, instantOf, parseInstant } from "./instant.ts";
import type { ConfirmationsTable, Database } from "./schema.ts";
import { repeatMilliseconds } from "./writes/repeat-time.ts";

/** A call that somebody has to agree to: its tool and its arguments (JSON) without the confirmation. */
type ConfirmedCall = { tool: string; arguments: unknown };

/** What a call may be made under; `content` (JSON) is what was shown beside its arguments, where that binds too. */
type Agreed = { content: unknown };

/** What a confirmation is worth now: the answer (JSON) that its call got before, or what was agreed to. */
export type TakenConfirmation = { kind: "answered"; answer: unknown } | ({ kind: "agreed" } & Agreed);

/**
 * What has been agreed to. A confirmation is good for one call with the very arguments that were shown, for fifteen
 * minutes, in every process of this state; the call's answer is kept with it. A call that binds its content and has
 * ended with a part of its work may be made again under it, for fifteen minutes each time.
 */
export type Confirmations = {
  /** A new one for this call and, where it binds, for the content that was shown; nothing is done yet. */
  issue: (call: ConfirmedCall & { content?: unknown }) => Promise<string>;
  /**
   * Fails with `conflict` for another call's confirmation, which names the arguments that differ, and with
   * `invalid_input` for one that is unknown or has run out.
   */
  take: (confirmation: string, call: ConfirmedCall) => Promise<TakenConfirmation>;
  /** Keeps the answer of the call that was made under it; of two the first. */
  settle: (confirmation: string, answer: unknown) => Promise<void>;
  /** The call did a part of its work: the fifteen minutes begin again. */
  renew: (confirmation: string) => Promise<void>;
};

type Options = { db: Kysely<Database>; clocks: Clocks; randomId: () => string };
type Row = Selectable<ConfirmationsTable>;

const lifetimeMilliseconds = 15 * 60_000;

/** The confirmations of a store. */
export function createConfirmations(options: Options): Confirmations {
  const { db, clocks } = options;
  const change = async (confirmation: string, to: Partial<Row>) => {
    await db
      .updateTable("confirmations")
      .set(to)
      .where("confirmation", "=", confirmation)
      .where("answer", "is", null)
      .execute();
  };
  return {
    issue: (call) => issue(options, call),
    take: (confirmation, call) => take(options, confirmation, call),
    settle: (confirmation, answer) => change(confirmation, { answer: JSON.stringify(answer) }),
    renew: (confirmation) => change(confirmation, { used: JSON.stringify(instantOf(clocks)) }),
  };
}

async function issue(
  { db, clocks, randomId }: Options,
  { content, ...call }: ConfirmedCall & { content?: unknown },
): Promise<string> {
  const confirmation = randomId();
  await db
    .insertInto("confirmations")
    .values({
      confirmation,
      tool: call.tool,
      fingerprint: fingerprintOf(call.tool, call.arguments),
      issued: JSON.stringify(instantOf(clocks)),
      shown: canonicalJson({ arguments: call.arguments, content }),
    })
    .execute();
  return confirmation;
}

async function take(
  { db, clocks }: Options,
  confirmation: string,
  call: ConfirmedCall,
): Promise<TakenConfirmation> {
  const row = await db
    .selectFrom("confirmations")
    .selectAll()
    .where("confirmation", "=", confirmation)
    .executeTakeFirst();
  if (!row) throw unusable("was not given by this server");
  const shown = shownOf(row);
  if (row.fingerprint !== fingerprintOf(call.tool, call.arguments)) throw ofAnotherCall(row, shown, call);
  if (row.answer !== null) return { kind: "answered", answer: JSON.parse(row.answer) };
  if (isOver(row, clocks)) throw unusable("has run out: it is good for 15 minutes");
  await db
    .updateTable("confirmations")
    .set({ used: JSON.stringify(instantOf(clocks)) })
    .where("confirmation", "=", confirmation)
    .where("used", "is", null)
    .execute();
  return { kind: "agreed", content: shown.content };
}

/**
 * Once used without an answer, its call may be made again only while the ledger takes that for a repeat; where the
 * content binds, its writes are the same for ever.
 */
function isOver({ used, issued, shown }: Row, clocks: Clocks): boolean {
  if (used === null) return age(clocks, issued) >= lifetimeMilliseconds;
  const bindsContent = shown !== null && JSON.parse(shown).content !== undefined;
  return age(clocks, used) >= (bindsContent ? lifetimeMilliseconds : repeatMilliseconds);
}

type Shown = Agreed & { arguments?: Record<string, unknown> };

function shownOf({ shown }: Row): Shown {
  return shown === null ? { content: undefined } : { content: undefined, ...JSON.parse(shown) };
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

function ofAnotherCall(row: Row, shown: Shown, call: ConfirmedCall): Failure {
  const hint =
    "Repeat the call with exactly the arguments that were shown, or call without `confirmation` for these.";
  if (row.tool !== call.tool) {
    return new Failure("conflict", `That \`confirmation\` is for a call of ${row.tool}; nothing was done.`, {
      hint,
      fields: ["confirmation"],
    });
  }
  const others = otherArguments(shown.arguments ?? {}, call.arguments);
  const named = others.length === 0 ? "" : `: ${others.map((name) => `\`${name}\``).join(", ")} differ`;
  return new Failure("conflict", `That \`confirmation\` is for another call${named}; nothing was done.`, {
    hint,
    fields: ["confirmation", ...others],
  });
}

function otherArguments(shown: Record<string, unknown>, given: unknown): string[] {
  const now: Record<string, unknown> = { ...(given as object) };
  const names = new Set([...Object.keys(shown), ...Object.keys(now)]);
  return [...names].filter((name) => canonicalJson(shown[name]) !== canonicalJson(now[name]));
}
