import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRedactor } from "../../../src/pipeline/redact.ts";
import { createTakeout, type TakeoutClient } from "../../../src/providers/takeout/client.ts";
import { failureOf, wholeTextOf } from "../../support/failures.ts";
import { createFakeClock, type FakeClock } from "../../support/fake-clock.ts";
import { fixture } from "../../support/fixture.ts";
import { account, compact } from "../../support/takeout-vendor.ts";
import { createTestHttp } from "../../support/test-http.ts";
import { type Answering, json, startVendorServer, type VendorServer } from "../../support/vendor-server.ts";

let server: VendorServer;
let clock: FakeClock;
let takeout: TakeoutClient;
/** The tokens that the server takes at the moment. */
let valid: string;
let issued: number;
let answerRefresh: Answering;
let answerCall: Answering;

const merchant = json(200, fixture("takeout/merchant.json"));
const refusal = { success: false, code: 401, message: "未认证" };

/** Issues `login-1`, `refresh-2` and so on, and takes the newest alone. */
const issue = (kind: "login" | "refresh", more: object): Answering => {
  valid = `${kind}-${++issued}`;
  return json(200, { success: true, data: { accessToken: valid, expiresIn: 7200, ...more } });
};

const open = (config = {}, http = createTestHttp({}, { clock })) =>
  createTakeout({ baseUrl: `${server.url}/api/v1`, ...account, ...config }, http);

beforeEach(async () => {
  clock = createFakeClock();
  issued = 0;
  answerRefresh = (request, response) => issue("refresh", {})(request, response);
  answerCall = merchant;
  server = await startVendorServer((request, response) => {
    const login = () => issue("login", { refreshToken: `renewal-${issued}` });
    if (request.url.endsWith("/auth/login")) return login()(request, response);
    if (request.url.endsWith("/auth/refresh")) return answerRefresh(request, response);
    const isValid = request.headers["Authorization"] === `Bearer ${valid}`;
    return (isValid ? answerCall : json(401, refusal))(request, response);
  });
  takeout = open();
});

afterEach(async () => {
  await takeout.close();
  await server.close();
});

const get = () => takeout.merchants.get("uuid");
const urls = () => server.requests.map(({ url }) => url.replace("/api/v1", ""));

test("calls side by side sign in once, and later ones not again", async () => {
  await Promise.all(Array.from({ length: 10 }, get));
  await get();
  expect(urls().filter((url) => url.startsWith("/auth"))).toEqual(["/auth/login"]);
});

test("POST /api/v1/auth/refresh sends the refresh token a minute before the access token runs out, each time the same", async () => {
  await get();
  await clock.advance((7200 - 61) * 1000);
  await get();
  expect(urls()).not.toContain("/auth/refresh");
  await clock.advance(1000);
  await get();
  await clock.advance(7200 * 1000);
  await get();
  const refreshes = server.requests.filter(({ url }) => url.endsWith("/auth/refresh"));
  expect(refreshes).toMatchObject([
    { method: "POST", body: '{"refreshToken":"renewal-0"}' },
    { method: "POST", body: '{"refreshToken":"renewal-0"}' },
  ]);
  expect(refreshes.flatMap(({ headers }) => headers["Authorization"] ?? [])).toEqual([]);
  expect(server.requests.at(-1)?.headers["Authorization"]).toBe("Bearer refresh-3");
  expect(urls().filter((url) => url === "/auth/login")).toHaveLength(1);
});

test("POST /api/v1/auth/refresh is asked as the document shows, byte for byte, and its answer read", async () => {
  const login = json(200, fixture("takeout/login.json"));
  const refreshed = json(200, fixture("takeout/refresh.json"));
  server.answer((request, response) => {
    if (request.url.endsWith("/auth/login")) return login(request, response);
    if (request.url.endsWith("/auth/refresh")) return refreshed(request, response);
    return merchant(request, response);
  });
  await get();
  await clock.advance(7200 * 1000);
  await get();
  expect(server.requests[2]?.body).toBe(compact("takeout/refresh-request.json"));
});

test("POST /api/v1/auth/refresh after a 401 repeats the call once with the new token", async () => {
  await get();
  valid = "none";
  expect((await get()).id).toBe("uuid");
  expect(urls()).toEqual([
    "/auth/login",
    "/merchants/uuid",
    "/merchants/uuid",
    "/auth/refresh",
    "/merchants/uuid",
  ]);
});

test("a 401 that comes in the envelope of a 200 renews the token too", async () => {
  await get();
  let isFirst = true;
  answerCall = (request, response) => {
    const answer = isFirst ? json(200, refusal) : merchant;
    isFirst = false;
    return answer(request, response);
  };
  const tokenBefore = valid;
  expect((await get()).id).toBe("uuid");
  expect([tokenBefore, valid]).toEqual(["login-1", "refresh-2"]);
});

test("a write that is refused with 401 is repeated once, for it was not done", async () => {
  await get();
  valid = "none";
  answerCall = json(200, fixture("takeout/success.json"));
  await takeout.orders.complete("uuid");
  expect(urls().slice(2)).toEqual(["/orders/uuid/complete", "/auth/refresh", "/orders/uuid/complete"]);
});

test.each([
  ["refused", json(401, refusal)],
  ["refused in an envelope", json(200, refusal)],
  ["unknown", json(404, {})],
  ["answered with something else", json(200, { success: true, data: {} })],
  ["broken", json(500, { success: false, code: 500 })],
])("POST /api/v1/auth/refresh that is %s makes the client sign in anew", async (_name, answer) => {
  takeout = open({}, createTestHttp({ retries: 0 }, { clock }));
  await get();
  answerRefresh = answer;
  await clock.advance(7200 * 1000);
  expect((await get()).id).toBe("uuid");
  expect(urls()).toEqual([
    "/auth/login",
    "/merchants/uuid",
    "/auth/refresh",
    "/auth/login",
    "/merchants/uuid",
  ]);
});

test("POST /api/v1/auth/refresh that asks to wait is heeded: nothing is sent and nobody signs in", async () => {
  await get();
  answerRefresh = json(429, {}, { "retry-after": "90" });
  await clock.advance(7200 * 1000);
  const failure = await failureOf(takeout.orders.complete("uuid"));
  expect([failure.code, failure.details.isUnsent]).toEqual(["rate_limited", true]);
  expect(urls().slice(2)).toEqual(["/auth/refresh"]);
});

test("a refreshed token that is refused as well leads to a new sign-in with the next call, not to another refresh", async () => {
  await get();
  answerRefresh = json(200, { success: true, data: { accessToken: "stale", expiresIn: 7200 } });
  valid = "none";
  expect((await failureOf(get())).code).toBe("unauthorized");
  expect((await get()).id).toBe("uuid");
  expect(urls().filter((url) => url.startsWith("/auth"))).toEqual([
    "/auth/login",
    "/auth/refresh",
    "/auth/login",
  ]);
});

test("a refresh token that does come back takes the place of the old one", async () => {
  answerRefresh = (request, response) =>
    issue("refresh", { refreshToken: `later-${issued}` })(request, response);
  await get();
  for (const _turn of [1, 2]) {
    await clock.advance(7200 * 1000);
    await get();
  }
  const bodies = server.requests.filter(({ url }) => url.endsWith("/auth/refresh")).map(({ body }) => body);
  expect(bodies).toEqual(['{"refreshToken":"renewal-0"}', '{"refreshToken":"later-1"}']);
});

test("X-Tenant-Id goes with every request where it is configured, signing in and refreshing included", async () => {
  await takeout.close();
  takeout = open({ tenantId: "tenant-7" });
  await get();
  valid = "none";
  await get();
  await takeout.account.sendVerificationCode({ phone: "13800138000", type: "login" }).catch(() => {});
  const tenants = server.requests.map(({ headers }) => headers["X-Tenant-Id"]);
  expect(urls()).toContain("/auth/send-code");
  expect(new Set(tenants)).toEqual(new Set(["tenant-7"]));
});

test("no X-Tenant-Id is sent where none is configured", async () => {
  await get();
  expect(server.requests.flatMap(({ headers }) => headers["X-Tenant-Id"] ?? [])).toEqual([]);
});

test("password and tokens show neither in the log nor in a failure, whatever comes back", async () => {
  await takeout.close();
  const secrets = { password: `secret-${randomUUID()}`, access: randomUUID(), refresh: randomUUID() };
  const redactor = createRedactor();
  const lent = createTestHttp({ retries: 0 }, { clock, redactor });
  takeout = open({ password: secrets.password }, lent);
  const told = Object.values(secrets).join(" ");
  const tokens = { accessToken: secrets.access, refreshToken: secrets.refresh, expiresIn: 7200 };
  server.answer((request, response) => {
    if (request.url.endsWith("/auth/login"))
      return json(200, { success: true, data: tokens })(request, response);
    const problem = { success: false, code: 400, message: told, errors: [{ field: told, message: told }] };
    return json(400, problem, { "x-request-id": secrets.access })(request, response);
  });
  const failure = await failureOf(get());
  const shown = wholeTextOf(failure) + JSON.stringify(lent.events) + redactor.text(told);
  expect(failure.code).toBe("invalid_input");
  for (const secret of Object.values(secrets)) expect(shown).not.toContain(secret);
});
