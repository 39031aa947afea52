import { describe, expect, test } from "vitest";
import { solveInWorker } from "../../src/solver/solve.ts";
import { startAhead, takeThread } from "../../src/solver/waiting-threads.ts";
import { alongLine, routingProblem } from "../support/routing-problem.ts";

const line = routingProblem({
  stops: [1, 2, 3].map((location) => ({ location })),
  vehicles: [{}],
  meters: [alongLine([0, 5, 9, 14])],
});

describe("threads that start ahead of their work", () => {
  test("are taken once each, and no more of them wait than were asked for", async () => {
    startAhead(2);
    startAhead(2);
    const taken = [takeThread(), takeThread(), takeThread()];
    const ids = taken.map(({ threadId }) => threadId);
    expect(new Set(ids).size).toBe(3);
    // The first two were started at once, the third when it was taken.
    expect(ids[1]).toBe(ids[0]! + 1);
    await Promise.all(taken.map((thread) => thread.terminate()));
    const [next] = [takeThread()];
    expect(ids).not.toContain(next.threadId);
    await next.terminate();
  });

  test("give what a new thread gives", async () => {
    const options = { seed: 3, iterations: 50 };
    const fresh = await solveInWorker(line, options);
    startAhead(1);
    expect(await solveInWorker(line, options)).toEqual(fresh);
  });
});
