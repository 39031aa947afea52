import fc from "fast-check";
import { expect, test } from "vitest";
import { createWriteModel, type Expected, type Fate, type ModelCall } from "../../support/write-model.ts";
import { createWriteWorld, type WriteWorld } from "../../support/write-world.ts";

const fates: Fate[] = ["answered", "lost after", "lost before", "refused", "killed after", "killed before"];
const call = fc.record({
  content: fc.constantFrom("bread", "milk"),
  requestId: fc.constantFrom(null, null, "one", "two"),
  fate: fc.constantFrom(...fates),
  isLookUpDown: fc.boolean(),
});
const step = fc.record({ call, minutesBefore: fc.constantFrom(0, 0, 1, 9, 10, 1_500) });

test("whatever happens to calls one after the other, each comes to what the contract says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30, size: "max" }), async (steps) => {
      const world = await createWriteWorld();
      try {
        let orders = 0;
        const model = createWriteModel(() => ++orders);
        for (const { call, minutesBefore } of steps) {
          world.pass(minutesBefore);
          const expected = model.call(call, world.minutes());
          expect(await world.call(call)).toEqual(expected);
          expect(world.orders()).toHaveLength(orders);
        }
      } finally {
        await world.close();
      }
    }),
    { numRuns: 200 },
  );
});

test("whatever happens to calls at the same time, in several processes, no write takes effect twice", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(call, { minLength: 1, maxLength: 6 }), { maxLength: 6 }),
      async (rounds) => {
        const world = await createWriteWorld();
        try {
          for (const round of rounds) {
            const calm = round.map((each): ModelCall => ({ ...each, fate: withoutKill(each.fate) }));
            await Promise.all(calm.map((each, index) => world.call(each, index % 3)));
            world.pass(1);
          }
          await expectRepeats(world, rounds.flat());
          await expectNoMoreOrdersThanWrites(world);
        } finally {
          await world.close();
        }
      },
    ),
    { numRuns: 100 },
  );
});

/** Two writes on purpose may take each other's order for their own; but there is never one more than was meant. */
async function expectNoMoreOrdersThanWrites(world: WriteWorld): Promise<void> {
  const writes = await world.writes();
  for (const content of ["bread", "milk"]) {
    const intended = writes.filter(
      (write) => write.state !== "refused" && JSON.stringify(write.arguments) === JSON.stringify({ content }),
    );
    const ordered = world.orders().filter((order) => order.content === content);
    expect(ordered.length).toBeLessThanOrEqual(intended.length);
  }
}

/** Once the vendor answers again, every request identifier leads to one order, and to the same one again. */
async function expectRepeats(world: WriteWorld, calls: ModelCall[]): Promise<void> {
  for (const each of calls.filter(({ requestId }) => requestId !== null)) {
    const calm: ModelCall = { ...each, fate: "answered", isLookUpDown: false };
    const first = await world.call(calm);
    if (isConflict(first)) continue;
    const count = world.orders().length;
    expect(await world.call(calm)).toEqual({ ...first, repeated: true });
    expect(world.orders()).toHaveLength(count);
  }
}

function isConflict(told: Expected): boolean {
  return told.kind === "failure" && told.code === "conflict";
}

function withoutKill(fate: Fate): Fate {
  if (fate === "killed after") return "lost after";
  return fate === "killed before" ? "lost before" : fate;
}
