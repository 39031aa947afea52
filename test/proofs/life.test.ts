import { expect, test, vi } from "vitest";
import { describe, runLives } from "./life/life.ts";

// Servers are killed and started; `npm run prove -- life` plays more and longer ones.
vi.setConfig({ testTimeout: 300_000 });

test("whatever happens to plans, what is out is out once, stays as it was, and nothing is lost", async () => {
  const { broken, tally } = await runLives({ count: 10, steps: 14, seed: 20_261_122 });
  expect(broken && describe(broken)).toBeUndefined();
  // Calls that were all refused would prove nothing.
  const came = [...tally.keys()];
  expect(came).toEqual(
    expect.arrayContaining(["dispatch: dispatched", "release: done", "revise, move: done"]),
  );
  expect(came.filter((name) => name.endsWith(": killed"))).not.toEqual([]);
});
