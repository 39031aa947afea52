import { describe, expect, test } from "vitest";
import { accessToken, jobStatus, runningSandbox, startedAt } from "../running-sandbox.ts";

const sandbox = runningSandbox();

test("60 requests a rolling minute pass, and the next one is told how long to wait", async () => {
  const token = await accessToken(sandbox());
  const ask = async () => (await jobStatus(sandbox(), "job_id=none", token)).status;
  for (let count = 2; count <= 30; count++) expect(await ask()).toBe(404);
  sandbox().advance(20);
  for (let count = 31; count <= 60; count++) expect(await ask()).toBe(404);
  sandbox().advance(15);
  const { status, body } = await jobStatus(sandbox(), "job_id=none", token);
  expect({ status, body }).toEqual({
    status: 429,
    body: { error: "Rate limit exceeded", retry_after_seconds: 25 },
  });
  sandbox().advance(24);
  expect(await ask()).toBe(429);
  sandbox().advance(1);
  for (let count = 1; count <= 30; count++) expect(await ask()).toBe(404);
  expect(await ask()).toBe(429);
});

describe("at 3600 simulated seconds a real one", () => {
  let realTime = startedAt;
  const fast = runningSandbox({ now: () => realTime, timeScale: 3600 });

  test("the limit still counts a client's minute", async () => {
    const token = await accessToken(fast());
    for (let count = 2; count <= 60; count++) {
      realTime += 500;
      expect((await jobStatus(fast(), "job_id=none", token)).status).toBe(404);
    }
    const { status, body } = await jobStatus(fast(), "job_id=none", token);
    expect({ status, wait: body.retry_after_seconds }).toEqual({ status: 429, wait: 31 });
  });
});
