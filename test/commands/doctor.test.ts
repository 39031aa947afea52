import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { runWaybill } from "../support/server-process.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ timeScale: 0 });
});
afterAll(() => sandbox.close());

test("finds both vendors and the state good", async () => {
  const { code, stdout } = await runWaybill(["doctor"], { env: sandbox.environment });
  expect(stdout).toMatch(/^fleet +ok +.* credentials are good, its clock differs by -?\d s$/m);
  expect(stdout).toMatch(/^routemate +ok /m);
  expect(stdout).toMatch(/^state +ok +:memory:$/m);
  expect(code).toBe(0);
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
    { part: "state", status: "fail", detail: expect.stringContaining("WAYBILL_STATE") },
  ]);
  expect(code).toBe(1);
});

test("tells an unconfigured vendor without failing", async () => {
  const { code, stdout } = await runWaybill(["doctor"]);
  expect(stdout).toMatch(/^fleet +off +not configured: FLEET_BASE_URL/m);
  expect(code).toBe(0);
});
