import { describe, expect, test } from "vitest";
import type { StopAnswer } from "../../../src/sandbox/routemate/answers.ts";
import {
  accessToken,
  call,
  importRoute,
  jobStatus,
  post,
  runningSandbox,
  startedAt,
  variable,
} from "../running-sandbox.ts";
import { documentImport, documentJobKeys } from "./document-example.ts";
import { closedRoute, stopAt } from "./sample-route.ts";

const sandbox = runningSandbox();

async function imported(body: unknown) {
  const token = await accessToken(sandbox());
  const answer = await importRoute(sandbox(), body, { token });
  const jobId: string = answer.body.job_id;
  return { token, jobId, answer: answer.body };
}

describe("asking for a job", () => {
  test("gives the document's shape for the document's example", async () => {
    const { token, answer } = await imported(documentImport);
    const { status, body } = await jobStatus(sandbox(), "external_job_id=BATCH-2026-03-09-A", token);
    expect(status).toBe(200);
    expect(new Set(Object.keys(body))).toEqual(new Set(documentJobKeys.job));
    for (const stop of body.stops) expect(new Set(Object.keys(stop))).toEqual(new Set(documentJobKeys.stop));
    expect(body).toMatchObject({
      job_id: answer.job_id,
      route_id: answer.route_id,
      title: "Morning Deliveries - Zone A",
      status: "assigned",
      scheduled_date: "2026-03-09",
      timezone: "Australia/Brisbane",
      metadata: {},
      stop_count: 3,
      status_counts: { pending: 3 },
      created_at: "2026-04-14T02:00:00.000Z",
      updated_at: "2026-04-14T02:00:00.000Z",
    });
  });

  test("finds it by either identifier, and by both when they agree", async () => {
    const { token, jobId } = await imported(closedRoute("JOB 1/甲"));
    const external = `external_job_id=${encodeURIComponent("JOB 1/甲")}`;
    for (const query of [external, `job_id=${jobId}`, `${external}&job_id=${jobId}`]) {
      expect((await jobStatus(sandbox(), query, token)).body.job_id).toBe(jobId);
    }
    expect((await jobStatus(sandbox(), `external_job_id=OTHER&job_id=${jobId}`, token)).status).toBe(404);
  });

  test("without an identifier is a 400, with an unknown one a 404", async () => {
    const token = await accessToken(sandbox());
    expect(await jobStatus(sandbox(), "", token)).toMatchObject({
      status: 400,
      body: { error: { code: "VALIDATION_ERROR", messages: [expect.any(String)] } },
    });
    expect(await jobStatus(sandbox(), "job_id=unknown", token)).toMatchObject({
      status: 404,
      body: { error: expect.any(String) },
    });
  });

  test("an unknown endpoint is a 404 and a wrong method a 405, as JSON with an error", async () => {
    const base = variable(sandbox(), "ROUTEMATE_BASE_URL");
    expect(await call(`${base}/integration-routes`)).toMatchObject({
      status: 404,
      body: { error: expect.any(String) },
    });
    expect(await call(`${base}/integration-import`)).toMatchObject({
      status: 405,
      body: { error: expect.any(String) },
    });
    expect(await post(`${base}/integration-jobs`, {})).toMatchObject({ status: 405 });
  });
});

describe("a drive", () => {
  test("begins within a quarter of an hour, completes stop after stop in driving order, and ends", async () => {
    const { answer } = await imported(closedRoute("JOB-1", 8));
    const seen: { status: string | undefined; ended: number }[] = [];
    for (let minute = 0; minute < 240; minute++) {
      const [job] = sandbox().jobs;
      const isEnded = (job?.stops ?? []).map(({ status }: StopAnswer) => status !== "pending");
      expect(isEnded).toEqual(isEnded.toSorted((a, b) => Number(b) - Number(a)));
      seen.push({ status: job?.status, ended: isEnded.filter(Boolean).length });
      sandbox().advance(60);
    }
    expect(seen.map(({ status }) => status).filter((status, at, all) => status !== all[at - 1])).toEqual([
      "assigned",
      "in_progress",
      "completed",
    ]);
    const startMinute = seen.findIndex(({ status }) => status === "in_progress");
    expect(startMinute).toBeGreaterThanOrEqual(5);
    expect(startMinute).toBeLessThanOrEqual(16);
    expect(seen.at(-1)).toEqual({ status: "completed", ended: 10 });
    const served = sandbox().jobs[0]?.stops.map(({ external_stop_id }) => external_stop_id);
    expect(served).toEqual(answer.stops.map((stop: StopAnswer) => stop.external_stop_id));
  });

  test("takes at least the driving time that the import announced", async () => {
    const { answer } = await imported(closedRoute("JOB-1", 8));
    sandbox().advance(60 * (answer.optimization.total_duration_minutes + 4));
    expect(sandbox().jobs[0]?.status).not.toBe("completed");
  });

  test("counts its stops by status and dates its last change", async () => {
    await imported(closedRoute("JOB-1", 8));
    sandbox().advance(45 * 60);
    const [job] = sandbox().jobs;
    const { pending = 0, completed = 0, failed = 0 } = job?.status_counts ?? {};
    expect(pending + completed + failed).toBe(10);
    expect(completed).toBeGreaterThan(0);
    const updatedAt = Date.parse(job?.updated_at ?? "");
    expect(updatedAt).toBeGreaterThan(startedAt);
    expect(updatedAt).toBeLessThanOrEqual(startedAt + 45 * 60_000);
  });

  test("fails at a few stops, the same ones for the same seed, never at the depot", async () => {
    await imported(closedRoute("JOB-1", 198));
    sandbox().advance(200 * 3600);
    const [job] = sandbox().jobs;
    const failed = job?.stops.filter(({ status }) => status === "failed") ?? [];
    expect(job?.status).toBe("in_progress");
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(30);
    expect(failed.filter(({ external_stop_id }) => external_stop_id.startsWith("DEPOT"))).toEqual([]);
    expect(job?.status_counts).toEqual({ completed: 200 - failed.length, failed: failed.length });
  });

  test("never fails where it starts", async () => {
    const stops = Array.from({ length: 200 }, (_, index) => stopAt(`HOME-${index}`, 23.0652, 113.2958));
    await imported({ ...closedRoute("JOB-1"), stops });
    sandbox().advance(200 * 3600);
    expect(sandbox().jobs[0]?.status_counts).toEqual({ completed: 200 });
  });

  test("lasts as long as the stops are said to last", async () => {
    const slow = closedRoute("JOB-1", 2);
    const stops = slow.stops.map((stop) => ({ ...stop, duration_minutes: 300 }));
    await imported({ ...slow, stops });
    sandbox().advance(4 * 300 * 60);
    expect(sandbox().jobs[0]?.status).toBe("in_progress");
    sandbox().advance(60 * 60);
    expect(sandbox().jobs[0]?.status).toBe("completed");
  });
});
