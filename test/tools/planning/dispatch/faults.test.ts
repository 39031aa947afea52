import { describe, expect, test } from "vitest";
import type { FaultKind } from "../../../../src/sandbox/faults.ts";
import { dispatchPlan } from "../../../../src/tools/planning/dispatch-plan.ts";
import { importEndpoint, openDispatchDesk, smallDayDrivers } from "../../../support/dispatch-desk.ts";

const vendor = "routemate";

/** A desk with a plan whose dispatch was agreed to. */
async function agreed() {
  const desk = await openDispatchDesk();
  const plan_id = await desk.planSmallDay();
  const { confirmed } = await desk.preview({ plan_id, drivers: smallDayDrivers });
  const dispatch = () => desk.call("dispatch_plan", confirmed);
  const jobs = () =>
    desk.sandbox.jobs.map((job) => job.external_job_id).toSorted((a, b) => a.localeCompare(b));
  const both = [`${plan_id}-粤A12345`, `${plan_id}-粤A67890`];
  return { ...desk, plan_id, dispatch, jobs, both };
}

describe("RouteMate that answers badly", () => {
  test.each<FaultKind>(["answer_lost", "error_500_after", "cut", "html", "not_json", "wrong_shape"])(
    "%s after it has made the job: one set of jobs, and the same call ends it",
    async (kind) => {
      const { sandbox, dispatch, jobs, both } = await agreed();
      sandbox.addFault({ vendor, endpoint: importEndpoint, kind });
      const first = await dispatch();
      expect(["dispatched", "partial"]).toContain(first.data["status"]);
      expect((await dispatch()).data).toMatchObject({ status: "dispatched" });
      expect(jobs()).toEqual(both);
    },
    30_000,
  );

  test("a route whose outcome nobody knows does not stop the others; the same call looks it up", async () => {
    const { sandbox, dispatch, jobs, both, plan_id, call } = await agreed();
    sandbox.addFault({ vendor, endpoint: importEndpoint, kind: "not_json" });
    sandbox.addFault({ vendor, endpoint: "GET /v1/integration-jobs", kind: "error_500_before", count: 50 });
    const first = await dispatch();
    expect(first.data).toMatchObject({
      status: "partial",
      routes: [
        {
          license_plate: "粤A12345",
          state: "unknown",
          external_job_id: both[0],
          error: { code: "outcome_unknown" },
        },
        { license_plate: "粤A67890", state: "dispatched" },
      ],
    });
    expect(first.text).toContain("get_route_job");
    expect(first.text).toContain("1 of 2 routes");
    const shown = await call("get_plan", { plan_id });
    expect(shown.data["routes"]).toMatchObject([
      { dispatch: { state: "unknown" } },
      { dispatch: { state: "dispatched" } },
    ]);
    await fetch(`${sandbox.url}/_faults`, { method: "DELETE" });
    expect((await dispatch()).data).toMatchObject({ status: "dispatched" });
    expect(jobs()).toEqual(both);
  }, 60_000);

  test("what every route would meet is met once, and the same call goes on", async () => {
    const { sandbox, dispatch, jobs, both, imports } = await agreed();
    sandbox.addFault({ vendor, endpoint: importEndpoint, kind: "forbidden" });
    const first = await dispatch();
    expect(first.data).toMatchObject({
      status: "nothing",
      routes: [
        { license_plate: "粤A12345", state: "waiting", error: { code: "forbidden" } },
        { license_plate: "粤A67890", state: "waiting", error: { code: "forbidden" } },
      ],
    });
    expect(imports(), "what every route would meet is met once").toBe(1);
    expect((await dispatch()).data).toMatchObject({ status: "dispatched" });
    expect(jobs()).toEqual(both);
  });

  test("a job of that name from elsewhere is told with what it is, and nothing of it is taken for ours", async () => {
    const { sandbox, call, dispatch, both, jobs } = await agreed();
    await call("import_route", {
      external_job_id: both[0],
      title: "别人的路线",
      driver_email: "driver@example.com",
      stops: [
        { external_stop_id: "A", address: "广州市天河区体育西路 1 号" },
        { external_stop_id: "B", address: "广州市天河区体育西路 2 号" },
      ],
    });
    const { data, text } = await dispatch();
    expect(data).toMatchObject({
      status: "partial",
      routes: [{ state: "refused", error: { code: "conflict" } }, { state: "dispatched" }],
    });
    expect(text).toContain("别人的路线");
    expect(text).toContain("driver@example.com");
    expect(jobs()).toEqual(both);
    expect(sandbox.jobs[0]?.title).toBe("别人的路线");
  });

  test("a rate limit is waited out, and the routes go in order", async () => {
    const { sandbox, dispatch, jobs, both } = await agreed();
    sandbox.addFault({ vendor, endpoint: importEndpoint, kind: "rate_limited", retryAfterSeconds: 1 });
    let { data } = await dispatch();
    if (data["status"] !== "dispatched") data = (await dispatch()).data;
    expect(data).toMatchObject({ status: "dispatched" });
    expect(jobs()).toEqual(both);
  }, 60_000);
});

describe("two at once", () => {
  test("calls of one process make one set of jobs and tell the same jobs", async () => {
    const { dispatch, jobs, both } = await agreed();
    const answers = await Promise.all([dispatch(), dispatch(), dispatch()]);
    const told = answers.map(({ data }) =>
      (data["routes"] as { job_id: string }[]).map(({ job_id }) => job_id),
    );
    expect(new Set(told.map((ids) => ids.join())).size).toBe(1);
    expect(jobs()).toEqual(both);
  });

  test("calls with different drivers send a route once or not at all, and say why", async () => {
    const { call, plan_id, dispatch, preview, jobs, both } = await agreed();
    const other = await preview({
      plan_id,
      license_plates: ["粤A12345"],
      drivers: { 粤A12345: "x@example.com" },
    });
    const answers = await Promise.all([dispatch(), call("dispatch_plan", other.confirmed)]);
    expect(new Set(jobs()).size).toBe(jobs().length);
    for (const { text } of answers) expect(text).not.toContain("request_id");
    // Whoever won, a new preview has what stands and what is left.
    const rest = await preview({ plan_id, drivers: smallDayDrivers });
    expect((await call("dispatch_plan", rest.confirmed)).data).toMatchObject({ status: "dispatched" });
    expect(jobs()).toEqual(both);
  });

  test("a cancelled call leaves a part that the same call goes on with", async () => {
    const { app, sandbox, plan_id, dispatch, jobs, both, preview } = await agreed();
    const { confirmed } = await preview({ plan_id, drivers: smallDayDrivers });
    const stopping = new AbortController();
    const told: string[] = [];
    const reportProgress = (_: number, message: string) => {
      told.push(message);
      stopping.abort();
    };
    const { data } = await dispatchPlan.run(confirmed, app, { signal: stopping.signal, reportProgress });
    expect(told[0]).toBe("1 of 2 routes are out");
    expect(data).toMatchObject({
      status: "partial",
      routes: [{ state: "dispatched" }, { state: "waiting" }],
    });
    expect(sandbox.jobs).toHaveLength(1);
    expect((await dispatch()).data).toMatchObject({ status: "dispatched" });
    expect(jobs()).toEqual(both);
  });
});
