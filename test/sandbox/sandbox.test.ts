import { describe, expect, test } from "vitest";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { call, fleet, runningSandbox, startedAt, variable } from "./running-sandbox.ts";

const sandbox = runningSandbox();

test("the environment points at all five vendors and names the depot", () => {
  const { url, environment } = sandbox();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(environment).toEqual({
    FLEET_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/.*\/api\/v2\/ai$/),
    FLEET_ACCESS_KEY: expect.stringMatching(/^\S{20,}$/),
    FLEET_MERCHANT_ID: "10",
    FLEET_AREAS: "天河,番禺,白云,佛山",
    ROUTEMATE_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/.*\/v1$/),
    ROUTEMATE_CLIENT_ID: expect.stringMatching(/^rm_ci_/),
    ROUTEMATE_CLIENT_SECRET: expect.stringMatching(/^rm_cs_/),
    YUNJI_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/yunji$/),
    YUNJI_ACCESS_KEY_ID: expect.stringMatching(/^\S{10,}$/),
    YUNJI_ACCESS_KEY_SECRET: expect.stringMatching(/^\S{10,}$/),
    YUNJI_STORE_ID: expect.stringMatching(/^\S{10,}$/),
    TRANSMIT_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/.*\/api\/transmit$/),
    TRANSMIT_TOKEN: expect.stringMatching(/^\S{10,}$/),
    TRANSMIT_SALT: expect.stringMatching(/^\S{10,}$/),
    TAKEOUT_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/.*\/api\/v1$/),
    TAKEOUT_PHONE: expect.stringMatching(/^1\d{10}$/),
    TAKEOUT_PASSWORD: expect.stringMatching(/^\S{8,}$/),
    TAKEOUT_LOGIN_TYPE: "merchant",
    TAKEOUT_TENANT_ID: expect.stringMatching(/^\S{8,}$/),
    WAYBILL_WEBHOOK_SECRET: expect.stringMatching(/^[\w.~-]{8,}$/),
    WAYBILL_DEPOT: expect.stringMatching(/^23\.\d+,113\.\d+,广州市[^,\s]+$/),
  });
});

test("the same seed gives the same credentials after a restart, another seed others", async () => {
  const same = await startSandbox();
  const other = await startSandbox({ seed: 2 });
  const name = "ROUTEMATE_CLIENT_SECRET";
  expect(variable(same, name)).toBe(variable(sandbox(), name));
  expect(variable(other, name)).not.toBe(variable(sandbox(), name));
  await Promise.all([same.close(), other.close()]);
});

test("a path of no vendor is a 404 that says where the vendors are", async () => {
  const { status, body } = await call(`${sandbox().url}/api/v2/ai/transport-vehicles/`);
  expect(status).toBe(404);
  expect(body.error).toContain("/fleet/");
});

test("a body beyond 8 MiB is a 413", async () => {
  const url = `${variable(sandbox(), "ROUTEMATE_BASE_URL")}/integration-token`;
  expect((await call(url, { method: "POST", body: "x".repeat(9 * 2 ** 20) })).status).toBe(413);
});

test("simulated time runs as fast as the scale says and jumps on advance", async () => {
  let realTime = startedAt;
  const fast = await startSandbox({ now: () => realTime, timeScale: 60 });
  realTime += 10_000;
  fast.advance(5);
  const { body } = await call(`${fast.url}/_clock`);
  expect(body.now).toBe(new Date(startedAt + 605_000).toISOString());
  await fast.close();
});

describe("the start", () => {
  test.each([{ port: -1 }, { timeScale: -1 }, { timeScale: Number.NaN }, { tokenSeconds: 0 }])(
    "refuses %j by name",
    async (options) => {
      const [name = ""] = Object.keys(options);
      await expect(startSandbox(options)).rejects.toMatchObject({
        code: "invalid_input",
        message: expect.stringContaining(name),
      });
    },
  );

  test("says which port it could not have", async () => {
    const port = Number(new URL(sandbox().url).port);
    await expect(startSandbox({ port })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining(String(port)),
    });
  });
});

test("after close nobody answers", async () => {
  const closed = await startSandbox();
  await closed.close();
  await expect(fleet(closed, "/transport-vehicles/?merchant_id=10")).rejects.toThrow();
});
