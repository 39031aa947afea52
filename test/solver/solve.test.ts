import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import type { Problem } from "../../src/planning/problem.ts";
import { search } from "../../src/planning/search/search.ts";
import type { SearchProgress } from "../../src/planning/solution.ts";
import { shareProblem } from "../../src/solver/share-problem.ts";
import { solveInWorker } from "../../src/solver/solve.ts";
import { matrixOf } from "../support/matrix-of.ts";
import { acrossGrid, routingProblem } from "../support/routing-problem.ts";

function town(stopCount: number): Problem {
  const places = Array.from({ length: stopCount }, (_, i): [number, number] => [
    (i * 37) % 61,
    (i * 53) % 67,
  ]);
  return routingProblem({
    stops: places.map((_, i) => ({ location: i + 1, delivery: [1 + (i % 4)] })),
    vehicles: Array.from({ length: stopCount }, () => ({ capacity: [20] })),
    meters: [acrossGrid([[30, 33], ...places])],
  });
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Failure) return error;
  throw new Error(`expected a failure, got ${String(error)}`);
}

describe("a search in a thread", () => {
  test("gives what the same search gives here", async () => {
    const problem = town(40);
    const options = { seed: 5, iterations: 500 };
    expect(await solveInWorker(problem, options)).toEqual(search(problem, { ...options, now: () => 0 }));
  });

  test("takes the best of several threads, the same at every run", async () => {
    const problem = town(40);
    const options = { seed: 5, iterations: 500, threads: 2 };
    const both = await solveInWorker(problem, options);
    const alone = await solveInWorker(problem, { ...options, threads: 1 });
    expect(both.cost).toBeLessThanOrEqual(alone.cost);
    expect(both.iterations).toBe(1000);
    expect(await solveInWorker(problem, options)).toEqual(both);
  });

  test("tells how far it is until it is cancelled, the first plan with every stop at once", async () => {
    const seen: SearchProgress[] = [];
    const controller = new AbortController();
    const onProgress = (progress: SearchProgress): void => {
      seen.push(progress);
      if (progress.fraction > 0) controller.abort();
    };
    const searching = solveInWorker(town(40), {
      seed: 1,
      timeLimitSeconds: 600,
      signal: controller.signal,
      onProgress,
    });
    expect((await failureOf(searching)).code).toBe("cancelled");
    const full = seen.filter(({ unassigned }) => unassigned === 0);
    expect(full[0]).toMatchObject({ iterations: 0, fraction: 0 });
    expect(seen.at(-1)?.iterations).toBeGreaterThan(0);
  });

  test.each([0, 30, 400])("ends with its thread when it is cancelled after %i ms", async (milliseconds) => {
    const signal = AbortSignal.timeout(milliseconds);
    const failure = await failureOf(solveInWorker(town(1500), { seed: 1, timeLimitSeconds: 600, signal }));
    expect(failure.code).toBe("cancelled");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("does not begin when it is cancelled already", async () => {
    const signal = AbortSignal.abort();
    expect((await failureOf(solveInWorker(town(5), { seed: 1, iterations: 5, signal }))).code).toBe(
      "cancelled",
    );
  });

  test("fails as internal when the thread dies", async () => {
    const broken = { ...town(20), travel: [] };
    const failure = await failureOf(solveInWorker(broken, { seed: 1, iterations: 100, threads: 2 }));
    expect(failure.code).toBe("internal");
  });

  test("wants a budget", async () => {
    expect((await failureOf(solveInWorker(town(3), { seed: 1 }))).code).toBe("invalid_input");
  });
});

test("a shared problem is the same problem, with its matrices in shared memory once", () => {
  const problem = town(150);
  const shared = shareProblem(problem);
  expect(shared).toEqual(problem);
  const travel = matrixOf(shared);
  expect(travel.distanceMeters.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(travel.durationSeconds).toBe(travel.distanceMeters);
  expect(matrixOf(shareProblem(shared)).distanceMeters).toBe(travel.distanceMeters);
});

test("a large shared problem is ordered, with its matrices in shared memory once", () => {
  const travel = matrixOf(shareProblem(town(250)));
  expect(travel.distanceMeters.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(travel.durationSeconds).toBe(travel.distanceMeters);
});
