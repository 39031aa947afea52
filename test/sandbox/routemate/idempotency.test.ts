import { expect, test, vi } from "vitest";
import { createClock } from "../../../src/sandbox/clock.ts";
import type { Answer } from "../../../src/sandbox/message.ts";
import { createIdempotency } from "../../../src/sandbox/routemate/idempotency.ts";
import { accessToken, importRoute, runningSandbox, startedAt } from "../running-sandbox.ts";
import { closedRoute } from "./sample-route.ts";

const sandbox = runningSandbox();

test("the same key gives the first answer, also for another body, and makes one job", async () => {
  const token = await accessToken(sandbox());
  const first = await importRoute(sandbox(), closedRoute("JOB-1"), { token, key: "key-1" });
  const again = await importRoute(sandbox(), closedRoute("JOB-1"), { token, key: "key-1" });
  const other = await importRoute(sandbox(), closedRoute("JOB-2"), { token, key: "key-1" });
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(other).toMatchObject({ status: 200, body: first.body });
  expect(sandbox().jobs).toHaveLength(1);
});

test("imports with one key at the same moment make one job", async () => {
  const token = await accessToken(sandbox());
  const imports = Array.from({ length: 12 }, () =>
    importRoute(sandbox(), closedRoute("JOB-1"), { token, key: "key-1" }),
  );
  const answers = await Promise.all(imports);
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.job_id}`)).size).toBe(1);
  expect(sandbox().jobs).toHaveLength(1);
});

test("a key whose work is still going on starts no second one", async () => {
  const once = createIdempotency(createClock({ now: () => startedAt, timeScale: 1 }));
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const work = vi.fn(() => promise);
  const first = once("key-1", work);
  const second = once("key-1", work);
  resolve({ status: 200, body: "the one answer" });
  expect(await Promise.all([first, second])).toEqual([await promise, await promise]);
  expect(work).toHaveBeenCalledTimes(1);
});

test("a refused import frees its key", async () => {
  const token = await accessToken(sandbox());
  const refused = await importRoute(
    sandbox(),
    { ...closedRoute("JOB-1"), title: "" },
    { token, key: "key-1" },
  );
  const repaired = await importRoute(sandbox(), closedRoute("JOB-1"), { token, key: "key-1" });
  expect([refused.status, repaired.status]).toEqual([400, 200]);
});

test("another key does not make a second job of the same identifier", async () => {
  const token = await accessToken(sandbox());
  await importRoute(sandbox(), closedRoute("JOB-1"), { token, key: "key-1" });
  const second = await importRoute(sandbox(), closedRoute("JOB-1"), { token, key: "key-2" });
  expect(second.status).toBe(400);
  expect(sandbox().jobs).toHaveLength(1);
});

test("a key is forgotten after 24 hours, and then the identifier alone protects", async () => {
  const first = await importRoute(sandbox(), closedRoute("JOB-1"), {
    token: await accessToken(sandbox()),
    key: "k",
  });
  sandbox().advance(24 * 3600 - 1);
  const fresh = await importRoute(sandbox(), closedRoute("JOB-1"), {
    token: await accessToken(sandbox()),
    key: "k",
  });
  expect(fresh).toMatchObject({ status: 200, body: { job_id: first.body.job_id } });
  sandbox().advance(1);
  const token = await accessToken(sandbox());
  expect((await importRoute(sandbox(), closedRoute("JOB-1"), { token, key: "k" })).status).toBe(400);
  expect((await importRoute(sandbox(), closedRoute("JOB-2"), { token, key: "k" })).status).toBe(200);
  expect(sandbox().jobs).toHaveLength(2);
});
