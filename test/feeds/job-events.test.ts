import { expect, test } from "vitest";
import type { RouteJob, RouteStop } from "../../src/domain/route-job.ts";
import { eventsOfJob } from "../../src/feeds/job-events.ts";

const now = Date.parse("2026-03-09T10:20:00Z");

/** Of the sample of routemate.txt, 查询任务状态. */
const job: RouteJob = {
  jobId: "e7ad097b-bc51-4d01-9b04-0e372d80613a",
  externalJobId: "BATCH-2026-03-09-A",
  title: "Morning Deliveries - Zone A",
  status: "in_progress",
  driverEmail: "driver@example.com",
  driverResolved: true,
  driverUserId: "573b6bee",
  routeId: "1c2a8c0b",
  scheduledDate: "2026-03-09",
  timezone: "Australia/Brisbane",
  metadata: {},
  stopCount: 3,
  statusCounts: { pending: 1, completed: 1, failed: 1 },
  deepLink: null,
  stops: [stop("ORD-1001", "completed"), stop("ORD-1002", "failed"), stop("ORD-1003", "pending")],
  createdAt: "2026-03-09T08:30:00.000Z",
  updatedAt: "2026-03-09T10:15:00.000Z",
};

function stop(externalStopId: string, status: string): RouteStop {
  return {
    externalStopId,
    address: "1 George St, Brisbane QLD 4000",
    latitude: -27.471,
    longitude: 153.0234,
    label: "John Smith",
    notes: "Leave at front door",
    priority: 1,
    parcelCount: 2,
    status,
  };
}

test("a stop that is done or failed is an event under the name of the announced webhook", () => {
  const { jobId, externalJobId } = job;
  const data = { address: "1 George St, Brisbane QLD 4000", label: "John Smith" };
  expect(eventsOfJob(job, now)).toEqual([
    {
      vendor: "routemate",
      kind: "stop.completed",
      occurredAt: "2026-03-09T10:15:00.000Z",
      subject: { jobId, externalJobId, stopId: "ORD-1001" },
      data: { ...data, status: "completed" },
      identity: { jobId, stopId: "ORD-1001" },
    },
    expect.objectContaining({
      kind: "stop.failed",
      subject: { jobId, externalJobId, stopId: "ORD-1002" },
      data: { ...data, status: "failed" },
    }),
  ]);
});

test("a job is completed when the vendor says so, after its stops", () => {
  const events = eventsOfJob({ ...job, status: "completed" }, now);
  expect(events.map(({ kind }) => kind)).toEqual(["stop.completed", "stop.failed", "job.completed"]);
  expect(events.at(-1)).toMatchObject({
    subject: { jobId: job.jobId, externalJobId: job.externalJobId },
    identity: { jobId: job.jobId },
  });
});

test("statuses that no webhook is announced for are no events", () => {
  const stops = ["pending", "arrived", "COMPLETED", ""].map((status, index) => stop(String(index), status));
  for (const status of ["pending", "assigned", "in_progress", "archived"])
    expect(eventsOfJob({ ...job, status, stops }, now)).toEqual([]);
});

test("a moment that cannot be read is the moment of the reading", () => {
  const [event] = eventsOfJob({ ...job, updatedAt: "this morning" }, now);
  expect(event?.occurredAt).toBe("2026-03-09T10:20:00.000Z");
});
