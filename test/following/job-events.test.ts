import { expect, test } from "vitest";
import type { RouteJob, RouteStop } from "../../src/domain/route-job.ts";
import { eventsOfJob, type KnownJob } from "../../src/following/job-events.ts";

const readAt = Date.parse("2026-03-09T10:20:00Z");

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
  expect(eventsOfJob({ job, readAt }).slice(1)).toEqual([
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
  const events = eventsOfJob({ job: { ...job, status: "completed" }, readAt });
  expect(events.map(({ kind }) => kind)).toEqual(["stop.completed", "stop.failed", "job.completed"]);
  expect(events.at(-1)).toMatchObject({
    subject: { jobId: job.jobId, externalJobId: job.externalJobId },
    identity: { jobId: job.jobId },
  });
});

test("statuses that no webhook is announced for are no events", () => {
  const stops = ["pending", "arrived", "COMPLETED", ""].map((status, index) => stop(String(index), status));
  for (const status of ["pending", "assigned", "archived"])
    expect(eventsOfJob({ job: { ...job, status, stops }, readAt })).toEqual([]);
});

test("a moment that cannot be read is the moment of the reading", () => {
  const [event] = eventsOfJob({ job: { ...job, updatedAt: "this morning" }, readAt });
  expect(event?.occurredAt).toBe("2026-03-09T10:20:00.000Z");
});

const kindsOf = (changes: Partial<RouteJob>, known?: Partial<KnownJob>) =>
  eventsOfJob({
    job: { ...job, stops: [], ...changes },
    readAt,
    known: known && { ...imported, ...known },
  }).map(({ kind }) => kind);

const imported: KnownJob = {
  sentStopIds: ["1", "2", "3"],
  orderedStopIds: ["1", "3", "2"],
  driverEmail: "Driver@example.com",
  isDriverKnown: true,
};
const inOrder = (...ids: string[]) => ({ status: "assigned", stops: ids.map((id) => stop(id, "pending")) });

test("a driver who sets out is an event, once however often the job is read", () => {
  expect(kindsOf({ status: "in_progress" })).toEqual(["job.started"]);
  const [first, second] = ["2026-03-09T10:15:00Z", "2026-03-09T11:15:00Z"].map(
    (updatedAt) => eventsOfJob({ job: { ...job, updatedAt }, readAt })[0],
  );
  expect(first?.identity).toEqual(second?.identity);
});

test("a job all of whose stops were tried has ended, although the vendor has no word for it", () => {
  const stops = [stop("1", "completed"), stop("2", "failed")];
  expect(kindsOf({ stops })).toContain("job.ended");
  expect(kindsOf({ stops: [...stops, stop("3", "pending")] })).not.toContain("job.ended");
  expect(kindsOf({ stops: [], status: "assigned" })).toEqual([]);
  expect(kindsOf({ stops, status: "completed" })).toEqual(["stop.completed", "stop.failed", "job.completed"]);
});

test("an invited driver who has come, and another driver, are events; the one who was known is none", () => {
  expect(kindsOf({ status: "assigned" }, {})).toEqual([]);
  expect(kindsOf({ status: "assigned" }, { isDriverKnown: false })).toEqual(["job.assigned"]);
  expect(kindsOf({ status: "pending", driverResolved: false }, { isDriverKnown: false })).toEqual([]);
  expect(kindsOf({ status: "assigned", driverEmail: "other@example.com" }, {})).toEqual(["job.assigned"]);
});

test("an order is news when it is neither the one that was told nor the one that was sent", () => {
  expect(kindsOf(inOrder("1", "3", "2"), {})).toEqual([]);
  expect(kindsOf(inOrder("1", "2", "3"), {})).toEqual([]);
  expect(kindsOf(inOrder("3", "1", "2"), {})).toEqual(["stops.reordered"]);
  expect(kindsOf(inOrder("3", "1", "2"), { orderedStopIds: [] })).toEqual([]);
  expect(kindsOf(inOrder("3", "1", "2"))).toEqual([]);
});
