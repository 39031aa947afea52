import fc from "fast-check";
import { expect, test } from "vitest";
import { createRetryBudget } from "../../src/pipeline/retry-budget.ts";

test("retries never exceed what was saved plus the fraction of the requests", () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { maxLength: 400 }),
      fc.integer({ min: 0, max: 20 }),
      fc.constantFrom(0.1, 0.2, 0.5),
      (isRetry, savedRetries, retriesPerRequest) => {
        const budget = createRetryBudget({ retriesPerRequest, savedRetries });
        let requests = 0;
        let retries = 0;
        for (const wantsRetry of isRetry) {
          if (!wantsRetry) {
            budget.earn();
            requests++;
          } else if (budget.spend()) retries++;
        }
        expect(retries).toBeLessThanOrEqual(savedRetries + requests * retriesPerRequest + 1e-6);
      },
    ),
  );
});

test("a budget that ran out fills again with requests that go well", () => {
  const budget = createRetryBudget({ retriesPerRequest: 0.5, savedRetries: 1 });
  expect([budget.spend(), budget.spend()]).toEqual([true, false]);
  budget.earn();
  budget.earn();
  expect([budget.spend(), budget.spend()]).toEqual([true, false]);
});
