import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import type { Plan } from "../../src/domain/plan.ts";
import { openStore } from "../../src/state/open-store.ts";
import type { NewPlan, PlanSummary } from "../../src/state/plans.ts";
import { failureOf } from "../support/failures.ts";
import { samplePlan } from "../support/sample-plan.ts";

const start = Date.parse("2026-11-22T10:00:00.000Z");

async function emptyPlans(randomId?: () => string) {
  let now = start;
  const store = await openStore({ location: ":memory:", now: () => now++, ...(randomId && { randomId }) });
  onTestFinished(() => store.close());
  return store.plans;
}

function newPlan(changes: Partial<NewPlan> = {}): NewPlan {
  const {
    planId: _,
    revision: __,
    createdAt: ___,
    ...plan
  } = samplePlan({ vehicles: 2, stopsPerVehicle: 3 });
  return { ...plan, ...changes };
}

test("a plan is kept as revision 1 under an identifier with the day the vehicles leave", async () => {
  const plans = await emptyPlans();
  const kept = await plans.save(newPlan());
  expect(kept).toMatchObject({ revision: 1, createdAt: "2026-11-22T10:00:00.000Z" });
  expect(kept.planId).toMatch(/^plan-20261123-[2-9a-hjkmnp-z]{4}$/);
  expect(await plans.get(kept.planId)).toEqual(kept);
});

test("a plan comes back exactly as it was given, whatever its texts and numbers hold", async () => {
  const plans = await emptyPlans();
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        area: fc.option(fc.string({ unit: "binary" })),
        warnings: fc.array(fc.string({ unit: "grapheme" })),
        merchantId: fc.oneof(fc.constant(null), fc.integer(), fc.stringMatching(/^\d{19}$/)),
        lat: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      }),
      async ({ area, warnings, merchantId, lat }) => {
        const { options } = newPlan();
        const given = newPlan({
          area,
          warnings,
          merchantId,
          options: { ...options, depot: { lat, lng: 113 } },
        });
        const { planId } = await plans.save(given);
        expect(await plans.get(planId)).toMatchObject(JSON.parse(JSON.stringify(given)));
      },
    ),
    { numRuns: 50 },
  );
});

test("revisions are added to the newest, and each stays as it was", async () => {
  const plans = await emptyPlans();
  const first = await plans.save(newPlan());
  const { planId } = first;
  const second = await plans.revise({ planId, expectedRevision: 1, plan: newPlan({ warnings: ["later"] }) });
  expect(second).toMatchObject({ planId, revision: 2, warnings: ["later"] });
  expect(await plans.get(planId)).toEqual(second);
  expect(await plans.get(planId, 1)).toEqual(first);
});

test("a plan read from the store and changed can be given back as it is", async () => {
  const plans = await emptyPlans();
  const first = await plans.save(newPlan());
  const again: Plan = await plans.revise({ planId: first.planId, expectedRevision: 1, plan: first });
  expect(again).toMatchObject({ planId: first.planId, revision: 2 });
});

test("a change to an older revision is refused and names the newer one", async () => {
  const plans = await emptyPlans();
  const { planId } = await plans.save(newPlan());
  await plans.revise({ planId, expectedRevision: 1, plan: newPlan() });
  const failure = await failureOf(plans.revise({ planId, expectedRevision: 1, plan: newPlan() }));
  expect(failure.code).toBe("conflict");
  expect(failure.message).toContain("revision 2");
  expect((await plans.get(planId)).revision).toBe(2);
});

test("an unknown plan and an unknown revision say what to call instead", async () => {
  const plans = await emptyPlans();
  const { planId } = await plans.save(newPlan());
  const unknownPlan = await failureOf(plans.get("plan-20261122-none"));
  expect(unknownPlan).toMatchObject({ code: "not_found", details: { fields: ["plan_id"] } });
  expect(unknownPlan.details.hint).toContain("list_plans");
  const unknownRevision = await failureOf(plans.get(planId, 7));
  expect(unknownRevision).toMatchObject({ code: "not_found", details: { fields: ["revision"] } });
  expect(unknownRevision.message).toContain("its newest is 1");
  const revised = plans.revise({ planId: "plan-20261122-none", expectedRevision: 1, plan: newPlan() });
  expect((await failureOf(revised)).code).toBe("not_found");
});

test("an identifier that is taken is never given again", async () => {
  const randoms = ["owner", "a", "a", "b"];
  const plans = await emptyPlans(() => randoms.shift() ?? "exhausted");
  const first = await plans.save(newPlan());
  const second = await plans.save(newPlan());
  expect(randoms).toEqual([]);
  expect(second.planId).not.toBe(first.planId);
  expect((await plans.list({ limit: 10 })).total).toBe(2);
});

test("a list shows each plan once, newest first, with the figures of its newest revision", async () => {
  const plans = await emptyPlans();
  const first = await plans.save(newPlan({ area: "海珠" }));
  const second = await plans.save(newPlan({ area: null, merchantId: "9007199254740993" }));
  await plans.revise({
    planId: first.planId,
    expectedRevision: 1,
    plan: newPlan({ unassigned: [{ shipmentId: 1, reason: "fleet_full", message: "Full." }] }),
  });
  const { items, total, nextCursor } = await plans.list({ limit: 10 });
  expect(total).toBe(2);
  expect(nextCursor).toBeUndefined();
  expect(items.map(({ planId }) => planId)).toEqual([second.planId, first.planId]);
  expect(items[0]).toMatchObject({ area: null, merchantId: "9007199254740993", revision: 1 });
  expect(items[1]).toEqual<PlanSummary>({
    planId: first.planId,
    revision: 2,
    createdAt: first.createdAt,
    revisedAt: "2026-11-22T10:00:00.002Z",
    area: "广州",
    merchantId: 31,
    objective: "fewest_vehicles",
    vehiclesUsed: 2,
    shipmentsAssigned: 6,
    shipmentsUnassigned: 1,
    distanceMeters: first.quality.distanceMeters,
    durationSeconds: first.quality.durationSeconds,
  });
});

test("pages show every plan once although others are made and revised in between", async () => {
  const plans = await emptyPlans();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat(2), { maxLength: 12 }),
      async (limit, inserts) => {
        const before = await plans.list({ limit: 1_000 });
        const shown: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await plans.list({ limit, cursor });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          shown.push(...page.items.map(({ planId }) => planId));
          cursor = page.nextCursor;
          for (let count = inserts.shift() ?? 0; count > 0; count--) await plans.save(newPlan());
          const oldest = before.items.at(-1);
          if (oldest) await reviseNewest(plans, oldest.planId);
        } while (cursor !== undefined);
        expect(shown).toEqual(before.items.map(({ planId }) => planId));
      },
    ),
    { numRuns: 15 },
  );
});

async function reviseNewest(plans: Awaited<ReturnType<typeof emptyPlans>>, planId: string): Promise<void> {
  const plan = await plans.get(planId);
  await plans.revise({ planId, expectedRevision: plan.revision, plan });
}

test("a cursor that no list gave is refused by name", async () => {
  const plans = await emptyPlans();
  for (const cursor of ["", "x", "YmVmb3JlOi0x", "2"]) {
    const failure = await failureOf(plans.list({ limit: 1, cursor }));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: ["cursor"] } });
  }
});

test("identifiers are completed from their beginning, newest first", async () => {
  const plans = await emptyPlans();
  const options = { ...newPlan().options, startAt: "2026-12-24T08:00:00+08:00" };
  const [first, second, third] = [
    await plans.save(newPlan()),
    await plans.save(newPlan()),
    await plans.save(newPlan({ options })),
  ];
  expect(await plans.idsStartingWith("plan-20261123", 10)).toEqual([second.planId, first.planId]);
  expect(await plans.idsStartingWith("", 2)).toEqual([third.planId, second.planId]);
  expect(await plans.idsStartingWith(first.planId, 2)).toEqual([first.planId]);
  expect(await plans.idsStartingWith("%", 2)).toEqual([]);
});
