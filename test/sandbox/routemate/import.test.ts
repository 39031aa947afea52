import { describe, expect, test } from "vitest";
import { credentialsOf } from "../../../src/sandbox/routemate/integrations.ts";
import {
  accessToken,
  call,
  importRoute,
  jobStatus,
  post,
  runningSandbox,
  variable,
} from "../running-sandbox.ts";
import { documentImport, documentImportAnswer } from "./document-example.ts";
import { closedRoute, stopAt } from "./sample-route.ts";

const sandbox = runningSandbox();

async function send(body: unknown) {
  return importRoute(sandbox(), body, { token: await accessToken(sandbox()) });
}

async function messagesFor(body: unknown): Promise<string[]> {
  const answer = await send(body);
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "VALIDATION_ERROR" } } });
  expect(sandbox().jobs).toEqual([]);
  return answer.body.error.messages;
}

describe("the document's example", () => {
  test("gives an answer of the document's shape", async () => {
    const { status, body } = await send(documentImport);
    expect(status).toBe(200);
    expect(shapeOf(body)).toEqual(shapeOf(documentImportAnswer));
    expect(body).toMatchObject({
      external_job_id: "BATCH-2026-03-09-A",
      driver_resolved: true,
      stops_imported: 3,
      stops_geocoded: 3,
      stops_geocode_failed: 0,
      warnings: [
        { code: "ADDRESS_GEOCODED", message: "3 stop(s) were geocoded from address text" },
        { code: "ROUTE_OPTIMIZED" },
      ],
    });
  });

  test("gives the documented defaults for what was left out", async () => {
    const { body } = await send(documentImport);
    const stops = new Map(
      body.stops.map((stop: { external_stop_id: string }) => [stop.external_stop_id, stop]),
    );
    expect(stops.get("ORD-1002")).toMatchObject({ parcel_count: 1, notes: "Ring doorbell", priority: 2 });
    expect(stops.get("ORD-1003")).toMatchObject({ notes: null });
  });
});

describe("validation", () => {
  test("names every required field that is missing", async () => {
    expect(await messagesFor({ stops: [{}] })).toEqual(
      expect.arrayContaining([
        "external_job_id is required",
        "title is required",
        "driver_email is required",
        "stops[0].external_stop_id is required",
        "stops[0].address is required",
      ]),
    );
  });

  test.each([
    [{ external_job_id: 7 }, "external_job_id must be a string"],
    [{ title: "  " }, "title is required"],
    [{ driver_email: "nobody" }, "driver_email must be a valid email address"],
    [{ scheduled_date: "2026-02-30" }, "scheduled_date must be an ISO date (YYYY-MM-DD)"],
    [{ scheduled_date: "14.04.2026" }, "scheduled_date must be an ISO date (YYYY-MM-DD)"],
    [{ timezone: "Asia/Nowhere" }, "timezone must be an IANA time zone"],
    [{ timezone: "+08:00" }, "timezone must be an IANA time zone"],
    [{ metadata: [] }, "metadata must be an object"],
    [{ stops: undefined }, "stops is required"],
    [{ stops: {} }, "stops must be an array"],
    [{ stops: [] }, "stops must not be empty"],
    [{ stops: ["A"] }, "stops[0] must be an object"],
  ])("refuses the job field %j", async (change, message) => {
    expect(await messagesFor({ ...closedRoute("JOB-1"), ...change })).toEqual([message]);
  });

  test.each([
    [{ address: "" }, "stops[0].address is required"],
    [{ latitude: "23.1" }, "stops[0].latitude must be a number"],
    [{ latitude: 91 }, "stops[0].latitude must be between -90 and 90"],
    [{ longitude: -181 }, "stops[0].longitude must be between -180 and 180"],
    [{ parcel_count: "2" }, "stops[0].parcel_count must be a number"],
    [{ time_window_start: "9 o'clock" }, "stops[0].time_window_start must be an ISO 8601 datetime"],
    [
      { time_window_start: "2026-04-14T10:00:00+08:00", time_window_end: "2026-04-14T09:00:00+08:00" },
      "stops[0].time_window_end must be after time_window_start",
    ],
  ])("refuses the stop field %j", async (change, message) => {
    const stops = [{ ...stopAt("A", 23, 113), ...change }, stopAt("B", 23.1, 113)];
    expect(await messagesFor({ ...closedRoute("JOB-1"), stops })).toEqual([message]);
  });

  test("takes every documented field of a job and a stop", async () => {
    const stop = {
      ...stopAt("A", 23, 113),
      label: "锦和制衣厂",
      notes: "卸货走后门",
      service_type: "delivery",
      duration_minutes: 12,
      time_window_start: "2026-04-14T09:00:00+08:00",
      time_window_end: "2026-04-14T11:30:00.000Z",
      priority: 1,
      parcel_count: 4,
      metadata: { shipment_id: "100" },
    };
    const metadata = { plan_id: "p-1" };
    const { status, body } = await send({
      ...closedRoute("JOB-1"),
      timezone: "Asia/Shanghai",
      metadata,
      stops: [stop],
    });
    expect(status).toBe(200);
    expect(body.stops).toEqual([
      {
        external_stop_id: "A",
        address: stop.address,
        latitude: 23,
        longitude: 113,
        label: "锦和制衣厂",
        notes: "卸货走后门",
        sort_order: 0,
        priority: 1,
        parcel_count: 4,
        status: "pending",
      },
    ]);
  });

  test("refuses a stop's identifier that another stop of the job has", async () => {
    const stops = [stopAt("A", 23, 113), stopAt("B", 23.1, 113), stopAt("A", 23.2, 113)];
    expect(await messagesFor({ ...closedRoute("JOB-1"), stops })).toEqual([
      "stops[2].external_stop_id must be unique within the job",
    ]);
  });

  test("takes 200 stops and refuses 201", async () => {
    expect(await messagesFor(closedRoute("JOB-1", 199))).toEqual([
      "stops must not have more than 200 entries",
    ]);
    const { status, body } = await send(closedRoute("JOB-1", 198));
    expect(status).toBe(200);
    expect(body.stops_imported).toBe(200);
  });

  test("refuses a body that is no JSON or comes as another type", async () => {
    const token = await accessToken(sandbox());
    const url = `${variable(sandbox(), "ROUTEMATE_BASE_URL")}/integration-import`;
    const send = (body: string, type: string) =>
      call(url, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": type },
        body,
      });
    const expected = { status: 400, body: { error: { code: "VALIDATION_ERROR" } } };
    expect(await send("{", "application/json")).toMatchObject(expected);
    expect(await send("[]", "application/json")).toMatchObject(expected);
    expect(await send(JSON.stringify(closedRoute("JOB-1")), "text/plain")).toMatchObject(expected);
    const utf8 = await send(JSON.stringify(closedRoute("JOB-1")), "application/json; charset=utf-8");
    expect(utf8.status).toBe(200);
  });

  test("wants a token before it looks at anything", async () => {
    const url = `${variable(sandbox(), "ROUTEMATE_BASE_URL")}/integration-import`;
    expect(await post(url, {})).toMatchObject({ status: 401, body: { error: expect.any(String) } });
  });
});

describe("uniqueness of external_job_id", () => {
  test("a second import of the same job is refused and makes no second one", async () => {
    expect((await send(closedRoute("JOB-1"))).status).toBe(200);
    const { status, body } = await send({ ...closedRoute("JOB-1"), title: "again" });
    expect({ status, body }).toEqual({
      status: 400,
      body: {
        error: { code: "VALIDATION_ERROR", messages: ["external_job_id already exists in this integration"] },
      },
    });
    expect(sandbox().jobs).toHaveLength(1);
  });

  test("another integration may use the same identifier and does not see the first one's job", async () => {
    await send(closedRoute("JOB-1"));
    const { clientId, clientSecret } = credentialsOf("other", 1);
    const login = { client_id: clientId, client_secret: clientSecret };
    const { body } = await post(`${variable(sandbox(), "ROUTEMATE_BASE_URL")}/integration-token`, login);
    const token: string = body.access_token;
    expect((await jobStatus(sandbox(), "external_job_id=JOB-1", token)).status).toBe(404);
    expect((await importRoute(sandbox(), closedRoute("JOB-1"), { token })).status).toBe(200);
    expect(sandbox().jobs).toHaveLength(2);
  });
});

/** The keys of an answer at every depth; of a list, those of its entries, which must agree. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shapes = value.map(shapeOf);
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
    return [shapes[0]];
  }
  if (typeof value !== "object" || value === null) return "value";
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}
