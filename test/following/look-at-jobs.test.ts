import { expect, test } from "vitest";
import type { App } from "../../src/app.ts";
import { Failure } from "../../src/domain/failure.ts";
import type { RouteJob } from "../../src/domain/route-job.ts";
import { lookAtJobs } from "../../src/following/look-at-jobs.ts";
import { openDispatchDesk, smallDayDrivers } from "../support/dispatch-desk.ts";

/** A job that is out, and looks at it with what the vendor has changed by then. */
async function jobUnderWatch() {
  const { app, call, another, planSmallDay, preview } = await openDispatchDesk();
  const plan_id = await planSmallDay();
  const { confirmed } = await preview({ plan_id, drivers: smallDayDrivers });
  const { data } = await call("dispatch_plan", confirmed);
  const [{ job_id: jobId }] = data["routes"] as [{ job_id: string }];
  const routemate = await another().app.routemate();
  const job = await routemate.getJob({ jobId }, {});
  const { events } = await app.store();
  return {
    app,
    call,
    routemate,
    job,
    look: async (changes: Partial<RouteJob>) => {
      const getJob = async () => ({ ...job, ...changes });
      const changed: App = { ...app, routemate: async () => ({ ...routemate, getJob }) };
      const { signal } = new AbortController();
      expect(await lookAtJobs(changed, { jobIds: [jobId], everyMilliseconds: 0, signal })).toEqual([jobId]);
    },
    told: async (kind: string) =>
      (await events.list({ kind, subject: { jobId }, limit: 50 })).items.map(({ data }) => data).toReversed(),
  };
}

test("a driver who changes and changes back is told each time, and no time twice", async () => {
  const { job, look, told } = await jobUnderWatch();
  const [first, second] = [job.driverEmail, "other@example.com"];
  for (const driverEmail of [first, second, second, first, first, second, second])
    await look({ driverEmail });
  const emails = (await told("job.assigned")).map(({ driver_email }) => driver_email);
  expect(emails).toEqual([second, first, second]);
});

test("an order that changes and changes back is told each time, and no time twice", async () => {
  const { job, look, told } = await jobUnderWatch();
  const [start, ...rest] = job.stops as [RouteJob["stops"][number], ...RouteJob["stops"]];
  const one = [start, ...rest.slice(1), ...rest.slice(0, 1)];
  const other = [start, ...rest.slice(2), ...rest.slice(0, 2)];
  for (const stops of [one, one, other, other, one, one]) await look({ stops });
  const idsOf = (stops: RouteJob["stops"]) => ({ stop_ids: stops.map((stop) => stop.externalStopId) });
  expect(await told("stops.reordered")).toEqual([one, other, one].map(idsOf));
});

test("a job that the vendor lost is told under the name that it was sent with", async () => {
  const { app, call, routemate, job, told } = await jobUnderWatch();
  const getJob = async () => {
    throw new Failure("not_found", "RouteMate has no such job.");
  };
  const changed: App = { ...app, routemate: async () => ({ ...routemate, getJob }) };
  const { signal } = new AbortController();
  const missed = new Map<string, number>();
  for (const _ of [1, 2, 3])
    await lookAtJobs(changed, { jobIds: [job.jobId], everyMilliseconds: 0, signal, missed });
  expect(await told("job.missing")).toHaveLength(1);
  const { data } = await call("track_shipment", { external_job_id: job.externalJobId });
  expect(data["timeline"]).toContainEqual(
    expect.objectContaining({ what: expect.stringMatching(/missing/) }),
  );
});
