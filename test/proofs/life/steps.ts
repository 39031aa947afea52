import fc from "fast-check";
import type { faultKinds } from "../../../src/sandbox/faults.ts";
import { type Operation, operations } from "../../../src/tools/planning/revise/operations.ts";

/**
 * What can happen in the life of plans. Steps are plain data, so that a sequence can be printed and played again;
 * their numbers are taken modulo what there is when they are played.
 */
export type Step =
  | { do: "plan"; shipments: number[]; vehicles: number[]; allowSplit: boolean }
  | { do: "revise"; plan: number; changes: ChangeDraft[]; reoptimize: Reoptimize; isStale: boolean }
  | { do: "dispatch"; plan: number; plates: number[]; confirm: Confirm; fault: Fault | null; killAt: number }
  | { do: "release"; shipments: number[]; killAt: number }
  | { do: "track"; shipment: number }
  | { do: "advance"; minutes: number }
  | { do: "kill" }
  | { do: "restart" };

export type Reoptimize = "none" | "routes" | "all";

/** Both steps; the call of the last dispatch again; or its confirmation with other arguments. */
export type Confirm = "both" | "again" | "other call";

/** What the vendor does to one import, after `skip` others. */
export type Fault = (typeof importFaults)[number];

const importFaults = [
  "answer_lost",
  "error_500_before",
  "error_500_after",
  "cut",
  "html",
  "not_json",
  "forbidden",
] as const satisfies (typeof faultKinds)[number][];

/** A change whose names are still numbers. */
export type ChangeDraft = { op: Operation; shipment: number; other: number; vehicle: number; amount: number };

/** What a sequence starts from: rolls of each shipment, and room in each vehicle. */
export type Day = { quantities: number[]; capacities: number[] };

/** A whole life: it begins with a plan. */
export type Life = { day: Day; steps: Step[] };

const some = fc.nat({ max: 23 });
const change: fc.Arbitrary<ChangeDraft> = fc.record({
  op: fc.constantFrom(...operations),
  shipment: some,
  other: some,
  vehicle: some,
  amount: some,
});
const plan = fc.record({
  do: fc.constant("plan" as const),
  shipments: fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 8 }),
  vehicles: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1, maxLength: 4 }),
  allowSplit: fc.boolean(),
});
const revise = fc.record({
  do: fc.constant("revise" as const),
  plan: some,
  changes: fc.array(change, { maxLength: 3 }),
  reoptimize: fc.constantFrom("none" as const, "none" as const, "routes" as const, "all" as const),
  isStale: fc.nat({ max: 7 }).map((number) => number === 7),
});
const dispatch = fc.record({
  do: fc.constant("dispatch" as const),
  plan: some,
  plates: fc.array(some, { maxLength: 2 }),
  confirm: fc.constantFrom(
    "both" as const,
    "both" as const,
    "both" as const,
    "again" as const,
    "other call" as const,
  ),
  fault: fc.option(fc.constantFrom(...importFaults), { freq: 2 }),
  killAt: fc.oneof(fc.constant(0), fc.nat({ max: 200 })),
});
const release = fc.record({
  do: fc.constant("release" as const),
  shipments: fc.array(some, { minLength: 1, maxLength: 3 }),
  killAt: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 40 }) }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: plan },
  { weight: 6, arbitrary: revise },
  { weight: 6, arbitrary: dispatch },
  { weight: 2, arbitrary: release },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("track" as const), shipment: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("advance" as const), minutes: fc.nat({ max: 600 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("kill" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);

/** Lives of up to `most` steps. */
export function anyLife(most: number): fc.Arbitrary<Life> {
  return fc.record({
    day: fc.record({
      quantities: fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 8, maxLength: 8 }),
      capacities: fc.array(fc.integer({ min: 40, max: 150 }), { minLength: 4, maxLength: 4 }),
    }),
    steps: fc
      .tuple(plan, fc.array(step, { minLength: 1, maxLength: most, size: "max" }))
      .map(([first, rest]) => [first, ...rest]),
  });
}
