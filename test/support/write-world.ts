import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { Failure } from "../../src/domain/failure.ts";
import { migrate } from "../../src/state/migrate.ts";
import type { Owners } from "../../src/state/owners.ts";
import type { Database } from "../../src/state/schema.ts";
import { sqliteDialect } from "../../src/state/sqlite-dialect.ts";
import type { WriteRecord } from "../../src/state/writes/list-writes.ts";
import type { WriteSteps } from "../../src/state/writes/write-steps.ts";
import { createWrites, type Writes } from "../../src/state/writes.ts";
import type { Expected, Fate, ModelCall } from "./write-model.ts";

/** An order that took effect at the vendor. */
type Order = { number: number; content: string; writeId: string };

/** Processes that share one ledger and one vendor, and that can be killed. */
export type WriteWorld = {
  /** Makes a call in one of the processes (0 when left out) and tells what it came to. */
  call: (call: ModelCall, process?: number) => Promise<Expected>;
  orders: () => readonly Order[];
  /** The whole ledger. */
  writes: () => Promise<WriteRecord[]>;
  pass: (minutes: number) => void;
  minutes: () => number;
  close: () => Promise<void>;
};

type Process = { name: string; writes: Writes };

/** Builds a world with an empty ledger. The vendor knows orders by number and content, not by any name of ours. */
export async function createWriteWorld(): Promise<WriteWorld> {
  let minutes = 0;
  let serial = 0;
  const orders: Order[] = [];
  const dead = new Set<string>();
  const processes: Process[] = [];
  const db = new Kysely<Database>({ dialect: sqliteDialect(new DatabaseSync(":memory:"), (error) => error) });
  await migrate(db, ":memory:");

  const start = (): Process => {
    const name = `process-${++serial}`;
    const owners: Owners = { self: () => name, isGone: (owner) => dead.has(owner), close: () => {} };
    const { writes } = createWrites({
      db,
      owners,
      clocks: { now: () => Date.parse("2026-11-22T08:00:00Z") + minutes * 60_000 },
      randomId: () => `write-${++serial}`,
      waits: { ownerMilliseconds: 10_000, landingMilliseconds: 0 },
      recording: { recordsPersonal: true },
    });
    return { name, writes };
  };

  const stepsFor = (
    { content, fate, isLookUpDown }: ModelCall,
    kill: () => void,
  ): WriteSteps<{ number: number }> => ({
    settleHint: "List the orders.",
    send: async ({ writeId }) => {
      // A turn of the event loop, so that calls made at the same time truly overlap.
      await new Promise(setImmediate);
      const number = orders.length + 1;
      if (takesEffect(fate)) orders.push({ number, content, writeId });
      if (fate === "answered") return { number };
      if (fate === "refused") throw new Failure("rejected", "Refused.");
      if (fate.startsWith("lost")) throw new Failure("unavailable", "Lost.");
      kill();
      return new Promise(() => {});
    },
    lookUp: async ({ otherOutcomes }) => {
      await new Promise(setImmediate);
      if (isLookUpDown) throw new Failure("unavailable", "Down.");
      const taken = new Set(otherOutcomes.map(({ number }) => number));
      const order = orders.find((each) => each.content === content && !taken.has(each.number));
      return order ? { found: true, outcome: { number: order.number } } : { found: false, isFinal: true };
    },
  });

  const call: WriteWorld["call"] = async (given, index = 0) => {
    processes[index] ??= start();
    const { name, writes } = processes[index];
    const killed = Promise.withResolvers<Expected>();
    const steps = stepsFor(given, () => {
      dead.add(name);
      delete processes[index];
      killed.resolve({ kind: "killed" });
    });
    const { content, requestId } = given;
    const request = {
      tool: "create_order",
      vendor: "yunji",
      arguments: { content },
      requestId: requestId ?? undefined,
    } as const;
    return Promise.race([killed.promise, toExpected(writes.once(request, steps))]);
  };

  return {
    call,
    orders: () => orders,
    writes: async () => (await start().writes.list({ limit: 1_000 })).items,
    pass: (more) => {
      minutes += more;
    },
    minutes: () => minutes,
    close: () => db.destroy(),
  };
}

function takesEffect(fate: Fate): boolean {
  return fate === "answered" || fate.endsWith("after");
}

async function toExpected(call: ReturnType<Writes["once"]>): Promise<Expected> {
  try {
    const { outcome, repeated } = await call;
    return { kind: "outcome", order: Number(Reflect.get(Object(outcome), "number")), repeated };
  } catch (error) {
    if (error instanceof Failure) return { kind: "failure", code: error.code };
    throw error;
  }
}
