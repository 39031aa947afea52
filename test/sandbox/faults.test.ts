import { describe, expect, test } from "vitest";
import type { FaultKind } from "../../src/sandbox/faults.ts";
import { closedRoute } from "./routemate/sample-route.ts";
import {
  accessToken,
  call,
  fleet,
  importRoute,
  jobStatus,
  runningSandbox,
  variable,
} from "./running-sandbox.ts";

const sandbox = runningSandbox();

/** Imports with the fault in the way and gives what the client saw, as text. */
async function importThrough(kind: FaultKind, more: { delaySeconds?: number } = {}) {
  const token = await accessToken(sandbox());
  sandbox().addFault({ vendor: "routemate", endpoint: "POST /v1/integration-import", kind, ...more });
  const response = await fetch(`${variable(sandbox(), "ROUTEMATE_BASE_URL")}/integration-import`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": "key-1",
    },
    body: JSON.stringify(closedRoute("JOB-1")),
  });
  return {
    token,
    status: response.status,
    type: response.headers.get("content-type"),
    text: await response.text(),
  };
}

function jobsHeld(): number {
  return sandbox().jobs.length;
}

describe("a fault before the work leaves nothing behind", () => {
  test.each([
    ["error_500_before", 500, { error: "Internal server error" }],
    ["rate_limited", 429, { error: "Rate limit exceeded", retry_after_seconds: 30 }],
    ["unauthorized", 401, { error: "Invalid or expired token" }],
    ["forbidden", 403, { error: "Integration is disabled" }],
  ] as const)("%s is a %i", async (kind, status, body) => {
    const seen = await importThrough(kind);
    expect({ status: seen.status, body: JSON.parse(seen.text) }).toEqual({ status, body });
    expect(jobsHeld()).toBe(0);
    expect(
      (await importRoute(sandbox(), closedRoute("JOB-1"), { token: seen.token, key: "key-1" })).status,
    ).toBe(200);
  });

  test("html is a gateway's page", async () => {
    const seen = await importThrough("html");
    expect(seen).toMatchObject({ status: 502, type: "text/html" });
    expect(seen.text).toContain("<html>");
    expect(jobsHeld()).toBe(0);
  });

  test("html comes with the status that was ordered", async () => {
    sandbox().addFault({ vendor: "fleet", kind: "html", status: 200 });
    const response = await fetch(
      `${variable(sandbox(), "FLEET_BASE_URL")}/transport-vehicles/?merchant_id=10`,
    );
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("<html>");
  });
});

describe("a fault after the work leaves one job, and the same key gives its answer", () => {
  async function expectOneJob(token: string): Promise<void> {
    expect(jobsHeld()).toBe(1);
    const again = await importRoute(sandbox(), closedRoute("JOB-1"), { token, key: "key-1" });
    expect(again).toMatchObject({ status: 200, body: { job_id: sandbox().jobs[0]?.job_id } });
    expect(jobsHeld()).toBe(1);
  }

  test("answer_lost cuts the connection without a word", async () => {
    await expect(importThrough("answer_lost")).rejects.toThrow();
    await expectOneJob(await accessToken(sandbox()));
  });

  test("cut breaks off in the middle of the body", async () => {
    await expect(importThrough("cut")).rejects.toThrow();
    await expectOneJob(await accessToken(sandbox()));
  });

  test("error_500_after is a 500", async () => {
    const { status, token } = await importThrough("error_500_after");
    expect(status).toBe(500);
    await expectOneJob(token);
  });

  test("wrong_shape is JSON that has the answer somewhere else", async () => {
    const { status, text, token } = await importThrough("wrong_shape");
    expect(status).toBe(200);
    expect(JSON.parse(text)).not.toHaveProperty("job_id");
    await expectOneJob(token);
  });

  test("not_json is a 200 that calls itself JSON and is none", async () => {
    const { status, type, text, token } = await importThrough("not_json");
    expect({ status, type }).toEqual({ status: 200, type: "application/json" });
    expect(() => JSON.parse(text)).toThrow();
    await expectOneJob(token);
  });

  test("late answers after the delay, the work being done at once", async () => {
    const answer = importThrough("late", { delaySeconds: 0.3 });
    await expect.poll(jobsHeld).toBe(1);
    const { status, token } = await answer;
    expect(status).toBe(200);
    await expectOneJob(token);
  });

  test("a client that hangs up on a late answer finds the work done", async () => {
    const token = await accessToken(sandbox());
    sandbox().addFault({
      vendor: "routemate",
      endpoint: "POST /v1/integration-import",
      kind: "late",
      delaySeconds: 600,
    });
    const impatient = fetch(`${variable(sandbox(), "ROUTEMATE_BASE_URL")}/integration-import`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "idempotency-key": "key-1",
      },
      body: JSON.stringify(closedRoute("JOB-1")),
      signal: AbortSignal.timeout(200),
    });
    await expect(impatient).rejects.toThrow();
    expect(sandbox().requests.at(-1)).toMatchObject({ path: "/v1/integration-import", status: null });
    await expectOneJob(token);
  });

  test("huge sends more than anyone wants, until the client hangs up", async () => {
    const token = await accessToken(sandbox());
    sandbox().addFault({ vendor: "routemate", endpoint: "GET /v1/integration-jobs", kind: "huge" });
    const url = `${variable(sandbox(), "ROUTEMATE_BASE_URL")}/integration-jobs?job_id=x`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > 20 * 2 ** 20) break;
    }
    expect(bytes).toBeGreaterThan(20 * 2 ** 20);
    expect((await jobStatus(sandbox(), "job_id=x", token)).status).toBe(404);
  });
});

describe("which requests a fault hits", () => {
  const vehicles = "/transport-vehicles/?merchant_id=10";

  test("as many as its count says", async () => {
    sandbox().addFault({ vendor: "fleet", kind: "error_500_before", count: 2 });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await fleet(sandbox(), vehicles)).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  test("those of its endpoint alone", async () => {
    sandbox().addFault({
      vendor: "fleet",
      endpoint: "GET /api/v2/ai/shipments/unshipped/",
      kind: "error_500_before",
    });
    expect((await fleet(sandbox(), vehicles)).status).toBe(200);
    expect((await fleet(sandbox(), "/shipments/unshipped/?merchant_id=10&area=天河")).status).toBe(500);
  });

  test("those of its vendor alone", async () => {
    sandbox().addFault({ vendor: "fleet", kind: "error_500_before" });
    expect(await accessToken(sandbox())).toMatch(/^rm_at_/);
    expect((await fleet(sandbox(), vehicles)).status).toBe(500);
  });

  test("faults of one endpoint come in the order they were ordered", async () => {
    sandbox().addFault({ vendor: "fleet", kind: "forbidden" });
    sandbox().addFault({ vendor: "fleet", kind: "rate_limited", retryAfterSeconds: 7 });
    expect((await fleet(sandbox(), vehicles)).status).toBe(403);
    const limited = await fleet(sandbox(), vehicles);
    expect(limited.status).toBe(429);
    expect(limited.headers.get("retry-after")).toBe("7");
  });

  test("no path that is none of the vendor's", async () => {
    sandbox().addFault({ vendor: "fleet", kind: "error_500_before" });
    expect((await call(`${variable(sandbox(), "FLEET_BASE_URL")}/nothing/`)).status).toBe(404);
    expect((await fleet(sandbox(), vehicles)).status).toBe(500);
  });
});
