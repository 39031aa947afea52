import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import type { KeptEvent } from "../../src/domain/event.ts";
import { startFeeds } from "../../src/feeds/start-feeds.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { importRoute } from "../../src/tools/routes/import-route.ts";
import { exampleImport } from "../support/example-calls.ts";
import { startHttpServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const day = 24 * 3600;
const soon = { timeout: 15_000, interval: 50 };

async function runningVendor(): Promise<Sandbox> {
  const sandbox = await startSandbox({ timeScale: 0 });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

type Server = {
  app: App;
  environment: Record<string, string>;
  log: string[];
  startFeeds: () => void;
  stop: () => Promise<void>;
};

/** What a server process is made of, on a state file that others may share. */
function openServer(
  sandbox: Sandbox,
  {
    location,
    pollSeconds = 1,
    now = Date.now,
  }: { location: string; pollSeconds?: number; now?: () => number },
): Server {
  const ofVendor = Object.entries(sandbox.environment).filter(([name]) => name.startsWith("ROUTEMATE_"));
  const log: string[] = [];
  const environment = {
    ...Object.fromEntries(ofVendor),
    WAYBILL_STATE: location,
    WAYBILL_POLL_SECONDS: String(pollSeconds),
  };
  const app = createApp(readConfig(environment), { now, writeLog: (line) => log.push(line) });
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0)) await close();
    await app.close();
  };
  onTestFinished(stop);
  return { app, environment, log, stop, startFeeds: () => closers.push(startFeeds(app).close) };
}

async function importJob({ app }: Server, externalJobId: string): Promise<void> {
  const call = { signal: new AbortController().signal, reportProgress: () => {} };
  await importRoute.run(exampleImport(externalJobId), app, call);
}

async function inboxOf({ app }: Server): Promise<KeptEvent[]> {
  const { events } = await app.store();
  return (await events.list({ limit: 1_000 })).items.toReversed();
}

const questions = (sandbox: Sandbox) =>
  sandbox.requests.filter(({ path, status }) => path.endsWith("/integration-jobs") && status === 200);
const told = (events: KeptEvent[]) =>
  events.map(({ kind, subject }) => [kind, subject.stopId ?? ""].join(" "));

async function untilJobIsOver(server: Server, jobs = 1): Promise<KeptEvent[]> {
  return vi.waitFor(async () => {
    const events = await inboxOf(server);
    expect(events.filter(({ kind }) => kind === "job.completed")).toHaveLength(jobs);
    return events;
  }, soon);
}

test("a job that was imported here is followed to its end, each thing told once, and is asked about no more", async () => {
  const sandbox = await runningVendor();
  const server = openServer(sandbox, { location: ":memory:" });
  await importJob(server, "JOB-1");
  server.startFeeds();
  await vi.waitFor(() => expect(questions(sandbox).length).toBeGreaterThan(1), soon);
  expect(await inboxOf(server)).toEqual([]);
  sandbox.advance(day);
  const events = await untilJobIsOver(server);
  const [job] = sandbox.jobs;
  const expected =
    job?.stops.map(({ status, external_stop_id }) => `stop.${status} ${external_stop_id}`) ?? [];
  expect(told(events)).toEqual([...expected, "job.completed "]);
  expect(events.at(-1)).toMatchObject({
    vendor: "routemate",
    occurredAt: job?.updated_at,
    subject: { jobId: job?.job_id, externalJobId: "JOB-1" },
  });
  const asked = questions(sandbox).length;
  await delay(2_500);
  expect(questions(sandbox)).toHaveLength(asked);
});

test("a stop is told when it is done, while the driver is still on the way", async () => {
  const sandbox = await runningVendor();
  const server = openServer(sandbox, { location: ":memory:" });
  for (const { external_stop_id: externalStopId } of exampleImport("JOB-1").stops)
    sandbox.orderStopEnd({ externalStopId, status: "completed" });
  await importJob(server, "JOB-1");
  server.startFeeds();
  const jobStops = () => sandbox.jobs[0]?.stops.filter(({ status }) => status !== "pending") ?? [];
  while (jobStops().length === 0) sandbox.advance(60);
  await vi.waitFor(async () => expect(await inboxOf(server)).toHaveLength(jobStops().length + 1), soon);
  const kinds = (await inboxOf(server)).map(({ kind }) => kind);
  expect(kinds).toContain("job.started");
  expect(kinds).toContain("stop.completed");
  expect(kinds).not.toContain("job.completed");
});

test("without a job to ask about nothing is asked, not even for a token", async () => {
  const sandbox = await runningVendor();
  const server = openServer(sandbox, { location: ":memory:" });
  server.startFeeds();
  await delay(2_500);
  expect(sandbox.requests).toEqual([]);
  expect(server.log).toEqual([]);
});

test("with the polling off nothing is asked", async () => {
  const sandbox = await runningVendor();
  const server = openServer(sandbox, { location: ":memory:", pollSeconds: 0 });
  await importJob(server, "JOB-1");
  server.startFeeds();
  await delay(2_500);
  expect(questions(sandbox)).toEqual([]);
});

test("several processes and a restart tell everything once, and share the questions", async () => {
  const sandbox = await runningVendor();
  const location = join(temporaryFolder(), "waybill.db");
  const desk = openServer(sandbox, { location });
  await importJob(desk, "JOB-1");
  await importJob(desk, "JOB-2");
  sandbox.advance(day);
  const env = { ...desk.environment, WAYBILL_POLL_SECONDS: "5" };
  const servers = await Promise.all([startHttpServer(env), startHttpServer(env), startHttpServer(env)]);
  onTestFinished(async () => void (await Promise.all(servers.map(({ stop }) => stop()))));
  const events = await untilJobIsOver(desk, 2);
  expect(questions(sandbox)).toHaveLength(2);
  expect(new Set(told(events)).size).toBe(4);
  expect(events).toHaveLength(8);
  for (const server of servers) await server.stop();
  desk.startFeeds();
  await delay(2_500);
  expect(await inboxOf(desk)).toEqual(events);
  expect(questions(sandbox)).toHaveLength(2);
});

test("of many jobs no more than 20 a minute are asked about, so that calls have room", async () => {
  const sandbox = await runningVendor();
  const server = openServer(sandbox, { location: ":memory:" });
  for (let job = 1; job <= 25; job++) await importJob(server, `JOB-${job}`);
  server.startFeeds();
  await vi.waitFor(() => expect(questions(sandbox)).toHaveLength(20), soon);
  await delay(2_500);
  expect(questions(sandbox)).toHaveLength(20);
  expect(new Set(questions(sandbox).map(({ query }) => query)).size).toBe(20);
});

test("a vendor that does not answer is left in peace for a while, and nothing is missed afterwards", async () => {
  const sandbox = await runningVendor();
  const server = openServer(sandbox, { location: ":memory:" });
  await importJob(server, "JOB-1");
  sandbox.advance(day);
  sandbox.addFault({ vendor: "routemate", kind: "html", count: 4 });
  server.startFeeds();
  expect(await untilJobIsOver(server)).toHaveLength(4);
  const warnings = server.log.map((line) => JSON.parse(line));
  expect(warnings).toContainEqual(
    expect.objectContaining({ level: "warn", message: "routemate feed", again_in_seconds: 2 }),
  );
});

test("a job with a failed stop ends too, and is asked about no more, after a restart neither", async () => {
  const sandbox = await runningVendor();
  const location = join(temporaryFolder(), "waybill.db");
  const before = openServer(sandbox, { location });
  await importJob(before, "JOB-1");
  sandbox.orderStopEnd({ externalStopId: "ORD-1002", status: "failed" });
  sandbox.advance(day);
  expect(sandbox.jobs[0]?.status).toBe("in_progress");
  before.startFeeds();
  await vi.waitFor(async () => expect(told(await inboxOf(before))).toContain("job.ended "), soon);
  expect(told(await inboxOf(before))).toContain("stop.failed ORD-1002");
  await before.stop();
  const asked = questions(sandbox).length;
  const after = openServer(sandbox, { location });
  after.startFeeds();
  await delay(2_500);
  expect(questions(sandbox)).toHaveLength(asked);
});

test.each([-400, 400])("a wall clock set by %i days ends no watching", async (days) => {
  const sandbox = await runningVendor();
  const clock = { offset: 0 };
  const server = openServer(sandbox, { location: ":memory:", now: () => Date.now() + clock.offset });
  await importJob(server, "JOB-1");
  server.startFeeds();
  await vi.waitFor(() => expect(questions(sandbox).length).toBeGreaterThan(0), soon);
  clock.offset = days * day * 1000;
  sandbox.advance(day);
  await untilJobIsOver(server);
  const asked = questions(sandbox).length;
  clock.offset = 0;
  await delay(2_500);
  expect(questions(sandbox)).toHaveLength(asked);
});

test("a job that the vendor has no more is told as missing and asked about no more", async () => {
  const sandbox = await runningVendor();
  const server = openServer(sandbox, { location: ":memory:" });
  const { writes } = await server.app.store();
  await writes.once(
    {
      tool: "import_route",
      vendor: "routemate",
      arguments: { route: { externalJobId: "JOB-0", stops: [] } },
    },
    { send: async () => ({ jobId: "unknown-job" }), settleHint: "" },
  );
  server.startFeeds();
  await vi.waitFor(async () => expect(told(await inboxOf(server))).toEqual(["job.missing "]), soon);
  const asked = sandbox.requests.length;
  await delay(2_500);
  expect(sandbox.requests).toHaveLength(asked);
});

test("a job that the vendor does not know, or tells in a shape that nobody can read, holds no other up", async () => {
  const sandbox = await runningVendor();
  const server = openServer(sandbox, { location: ":memory:" });
  await importJob(server, "JOB-1");
  const { writes } = await server.app.store();
  await writes.once(
    {
      tool: "import_route",
      vendor: "routemate",
      arguments: { route: { externalJobId: "JOB-0", stops: [] } },
    },
    { send: async () => ({ jobId: "unknown-job" }), settleHint: "" },
  );
  sandbox.advance(day);
  sandbox.addFault({
    vendor: "routemate",
    endpoint: "GET /v1/integration-jobs",
    kind: "wrong_shape",
    count: 1,
  });
  server.startFeeds();
  expect(await untilJobIsOver(server)).toHaveLength(4);
  expect(server.log.join()).toMatch(/no such job|not of the documented shape/);
});
