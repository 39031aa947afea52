import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { Failure } from "../../../src/domain/failure.ts";
import { openStore, type Store } from "../../../src/state/open-store.ts";
import type { WriteRequest, WriteSteps } from "../../../src/state/writes/write-steps.ts";

type Reaction = "answer" | "lose the answer" | "fail before";
type Order = { number: number };

/** A vendor that numbers its orders and can't tell one loaf for a room from another. */
function createBakery(reactions: Reaction[]) {
  const orders: Order[] = [];
  let arrived = 0;
  const steps: WriteSteps<Order> = {
    settleHint: "List the orders.",
    send: async () => {
      const reaction = reactions[arrived++] ?? "answer";
      await Promise.resolve();
      if (reaction === "fail before") throw failure("unavailable", 500);
      const order = { number: orders.length + 1 };
      orders.push(order);
      if (reaction === "answer") return order;
      throw failure("outcome_unknown");
    },
    lookUp: async ({ otherOutcomes }) => {
      const taken = new Set(otherOutcomes.map(({ number }) => number));
      const found = orders.find(({ number }) => !taken.has(number));
      return found ? { found: true, outcome: found } : { found: false, isFinal: true };
    },
  };
  return { orders, steps };
}

function failure(code: "unavailable" | "outcome_unknown", httpStatus?: number): Failure {
  return new Failure(code, "It failed.", httpStatus === undefined ? {} : { httpStatus });
}

async function emptyStore(): Promise<Store> {
  const store = await openStore({
    location: ":memory:",
    now: Date.now,
    waits: { landingMilliseconds: 0 },
    recordsPersonal: true,
  });
  onTestFinished(() => store.close());
  return store;
}

/** An order for one room; `spelling` changes the arguments, but nothing that the vendor shows. */
function order(requestId: string | undefined, spelling = "room 0801"): WriteRequest {
  return {
    tool: "create_order",
    vendor: "yunji",
    requestId,
    arguments: { spelling },
    naturalKey: "0801",
  };
}

type Told = { number: number } | { code: string };

function tell(call: Promise<{ outcome: Order }>): Promise<Told> {
  return call.then(
    ({ outcome }) => outcome,
    (error: unknown) => ({ code: error instanceof Failure ? error.code : "crash" }),
  );
}

function numbersOf(told: Told[]): number[] {
  return told.flatMap((one) => ("number" in one ? [one.number] : []));
}

test("an order that never arrived does not take the one that another call made before it", async () => {
  const { orders, steps } = createBakery(["answer", "fail before"]);
  const { writes } = await emptyStore();
  const first = await tell(writes.once(order(undefined, "room 0801"), steps));
  const second = await tell(writes.once(order(undefined, "recipient_address 0801"), steps));
  expect(first).toEqual({ number: 1 });
  expect(second).not.toHaveProperty("number");
  expect(orders).toHaveLength(1);
});

test("two orders on purpose at the same time are never told as one", async () => {
  const { orders, steps } = createBakery(["lose the answer", "fail before"]);
  const { writes } = await emptyStore();
  const calls = ["A", "B"].map((name) => tell(writes.once(order(name), steps)));
  const told = await Promise.all(calls);
  expect(orders).toHaveLength(1);
  expect(numbersOf(told)).toEqual([1]);
});

const reaction = fc.constantFrom<Reaction>("answer", "lose the answer", "fail before");
const call = fc.record({
  requestId: fc.constantFrom(undefined, "A", "B", "C"),
  spelling: fc.constantFrom("room 0801", "recipient_address 0801"),
});

test("however look-alikes are called and lost, no order is told to two writes, and none is told that is not there", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(reaction, { maxLength: 6 }),
      fc.array(fc.array(call, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      async (reactions, rounds) => {
        const { orders, steps } = createBakery(reactions);
        const store = await openStore({
          location: ":memory:",
          now: Date.now,
          waits: { landingMilliseconds: 0 },
          recordsPersonal: true,
        });
        const owners = new Map<number, Set<string>>();
        for (const round of rounds) {
          await Promise.all(
            round.map(async ({ requestId, spelling }) => {
              const told = await tell(store.writes.once(order(requestId, spelling), steps));
              if (!("number" in told)) return;
              const owner = requestId ?? `without ${spelling}`;
              owners.set(told.number, (owners.get(told.number) ?? new Set()).add(owner));
            }),
          );
        }
        const { items } = await store.writes.list({ limit: 100 });
        await store.close();
        const settled = items.flatMap(({ state, outcome }) => (state === "done" ? [outcome as Order] : []));
        const numbers = settled.map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(numbers.every((number) => number <= orders.length)).toBe(true);
        expect([...owners.keys()].every((number) => numbers.includes(number))).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});
