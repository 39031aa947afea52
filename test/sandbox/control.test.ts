import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { call, fleet, post, runningSandbox, startedAt } from "./running-sandbox.ts";

const sandbox = runningSandbox();
const vehicles = "/transport-vehicles/?merchant_id=10";

describe("faults over HTTP", () => {
  test("are ordered, listed, used up and cleared", async () => {
    const order = {
      vendor: "fleet",
      endpoint: "GET /api/v2/ai/transport-vehicles/",
      kind: "rate_limited",
      count: 2,
      retry_after_seconds: 9,
    };
    expect(await post(`${sandbox().url}/_faults`, order)).toMatchObject({ status: 200, body: order });
    expect((await call(`${sandbox().url}/_faults`)).body.faults).toMatchObject([order]);
    expect((await fleet(sandbox(), vehicles)).status).toBe(429);
    expect((await call(`${sandbox().url}/_faults`)).body.faults).toMatchObject([{ ...order, count: 1 }]);
    expect((await call(`${sandbox().url}/_faults`, { method: "DELETE" })).body).toEqual({ faults: [] });
    expect((await fleet(sandbox(), vehicles)).status).toBe(200);
  });

  test.each([
    [[], "body"],
    ["text", "body"],
    [{ kind: "late" }, "vendor"],
    [{ vendor: "nobody", kind: "late" }, "vendor"],
    [{ vendor: "fleet" }, "kind"],
    [{ vendor: "fleet", kind: "explode" }, "kind"],
    [{ vendor: "fleet", kind: "late", endpoint: "POST /v1/integration-import" }, "endpoint"],
    [{ vendor: "fleet", kind: "late", endpoint: 7 }, "endpoint"],
    [{ vendor: "fleet", kind: "late", count: 0 }, "count"],
    [{ vendor: "fleet", kind: "late", count: "2" }, "count"],
    [{ vendor: "fleet", kind: "late", delay_seconds: -1 }, "delay_seconds"],
    [{ vendor: "fleet", kind: "late", retry_after_seconds: 1.5 }, "retry_after_seconds"],
    [{ vendor: "fleet", kind: "html", status: 99 }, "status"],
    [{ vendor: "fleet", kind: "late", dely_seconds: 1 }, "each field must be one of"],
  ])("the order %j is a 400 that names what is wrong", async (order, name) => {
    const { status, body } = await post(`${sandbox().url}/_faults`, order);
    expect(status).toBe(400);
    expect(body.error).toContain(name);
    expect((await call(`${sandbox().url}/_faults`)).body.faults).toEqual([]);
  });
});

describe("the clock over HTTP", () => {
  test("tells its time and is moved on", async () => {
    const before = await call(`${sandbox().url}/_clock`);
    const after = await post(`${sandbox().url}/_clock`, { advance_seconds: 90 });
    expect(before.body.now).toBe(new Date(startedAt).toISOString());
    expect(after.body.now).toBe(new Date(startedAt + 90_000).toISOString());
  });

  test.each([{}, { advance_seconds: "60" }, { advance_seconds: -1 }, { advance_seconds: 1e12 }, []])(
    "the step %j is a 400",
    async (step) => {
      const { status, body } = await post(`${sandbox().url}/_clock`, step);
      expect({ status, body }).toEqual({
        status: 400,
        body: { error: expect.stringContaining("advance_seconds") },
      });
    },
  );
});

test("the request log tells vendor, method, path, query, endpoint and status, but nothing of the control paths", async () => {
  await fleet(sandbox(), vehicles);
  await fleet(sandbox(), "/nothing/");
  const expected = [
    {
      vendor: "fleet",
      method: "GET",
      path: "/api/v2/ai/transport-vehicles/",
      query: "?merchant_id=10",
      endpoint: "GET /api/v2/ai/transport-vehicles/",
      status: 200,
    },
    { vendor: "fleet", method: "GET", path: "/api/v2/ai/nothing/", query: "", endpoint: null, status: 404 },
  ];
  expect((await call(`${sandbox().url}/_requests`)).body.requests).toEqual(expected);
  expect(sandbox().requests).toEqual(expected);
});

test("an unknown control path is a 404 that names the known ones", async () => {
  const { status, body } = await call(`${sandbox().url}/_reset`);
  expect(status).toBe(404);
  expect(body.error).toContain("/_faults");
});

test("a page that reaches loopback under another name is refused", async () => {
  const status = await new Promise((resolve, reject) => {
    const headers = { host: "evil.example" };
    const asked = request(`${sandbox().url}/_clock`, { headers }, (response) => resolve(response.statusCode));
    asked.on("error", reject).end();
  });
  expect(status).toBe(403);
});
