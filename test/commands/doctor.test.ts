import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { startOsrm } from "../support/osrm-server.ts";
import { runWaybill } from "../support/server-process.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ timeScale: 0 });
});
afterAll(() => sandbox.close());

test("finds all five vendors, the callbacks and the state good, and how they are signed to", async () => {
  const { code, stdout } = await runWaybill(["doctor"], { env: sandbox.environment });
  expect(stdout).toMatch(/^fleet +ok +.* credentials are good, its clock differs by -?\d s$/m);
  expect(stdout).toMatch(/^routemate +ok /m);
  expect(stdout).toMatch(/^yunji +ok .* takes signing scope json/m);
  expect(stdout).toMatch(/^transmit +ok .* takes md5 signatures over the resource's path alone/m);
  expect(stdout).toMatch(/^takeout +ok /m);
  expect(stdout).toMatch(/^callbacks +ok .* ports 80 and 8080 only/m);
  expect(stdout).toMatch(
    /^state +ok +:memory: is of version \d+; no write is of unknown effect; drivers of 0 plates; the record is without personal data$/m,
  );
  expect(code).toBe(0);
});

test("asks the source of travel times around the depot", async () => {
  const osrm = await startOsrm();
  const rowOf = async (environment: Record<string, string>) => {
    const env = { ...sandbox.environment, WAYBILL_DEPOT: "23.1,113.2,depot", ...environment };
    const { stdout } = await runWaybill(["doctor", "--json"], { env });
    return JSON.parse(stdout).findings.find(({ part }: { part: string }) => part === "matrix");
  };
  try {
    const { url } = osrm;
    expect(await rowOf({ WAYBILL_MATRIX_URL: url })).toMatchObject({
      status: "ok",
      detail: expect.stringContaining(`${url}/table/v1/driving answered in`),
    });
    expect(await rowOf({ WAYBILL_MATRIX_URL: url, WAYBILL_DEPOT: "" })).toMatchObject({ status: "warn" });
    expect(await rowOf({ WAYBILL_MATRIX_URL: "http://127.0.0.1:1" })).toMatchObject({ status: "fail" });
  } finally {
    await osrm.close();
  }
});

test("fails with the vendor whose key is wrong, says what to do, and shows no secret", async () => {
  const env = { ...sandbox.environment, FLEET_ACCESS_KEY: "wrong-key-123" };
  const { code, stdout, stderr } = await runWaybill(["doctor"], { env });
  expect(stdout).toMatch(/^fleet +fail +\S+/m);
  expect(stdout).toMatch(/^routemate +ok /m);
  expect(stdout + stderr).not.toContain("wrong-key-123");
  expect(code).toBe(1);
});

test("fails when a vendor is not there, and when the state can't be opened", async () => {
  const folder = mkdtempSync(`${tmpdir()}/waybill-test-`);
  const env = {
    ...sandbox.environment,
    FLEET_BASE_URL: "http://127.0.0.1:1/api/v2/ai",
    WAYBILL_STATE: folder,
  };
  const { code, stdout } = await runWaybill(["doctor", "--json"], { env });
  rmSync(folder, { recursive: true });
  const { findings } = JSON.parse(stdout);
  expect(findings).toMatchObject([
    { part: "fleet", status: "fail" },
    { part: "routemate", status: "ok" },
    { part: "yunji", status: "ok" },
    { part: "transmit", status: "ok" },
    { part: "takeout", status: "ok" },
    { part: "matrix", status: "off" },
    { part: "callbacks", status: "ok" },
    { part: "state", status: "fail", detail: expect.stringContaining("WAYBILL_STATE") },
  ]);
  expect(code).toBe(1);
});

test.each([
  ["yunji", { YUNJI_SIGNING: "public" }, "YUNJI_SIGNING=json"],
  ["transmit", { TRANSMIT_SIGN_SCHEME: "sha1" }, "TRANSMIT_SIGN_SCHEME=md5"],
  ["transmit", { TRANSMIT_SIGN_PREFIX: "/api/transmit" }, "TRANSMIT_SIGN_PREFIX"],
])("fails with %s when it is signed to wrongly, and names what to set: %o", async (part, wrong, remedy) => {
  const { code, stdout } = await runWaybill(["doctor"], { env: { ...sandbox.environment, ...wrong } });
  const line = stdout.split("\n").find((row) => row.startsWith(part));
  expect(line).toMatch(/^\w+ +fail /);
  expect(line).toContain(remedy);
  expect(code).toBe(1);
});

test("tells an unconfigured vendor without failing", async () => {
  const { code, stdout } = await runWaybill(["doctor"]);
  expect(stdout).toMatch(/^fleet +off +not configured: FLEET_BASE_URL/m);
  expect(code).toBe(0);
});
