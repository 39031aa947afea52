import { beforeEach, describe, expect, test } from "vitest";
import { holdings, login, runningTakeout, send, variable } from "./running-takeout.ts";

const takeout = runningTakeout();

function merchants(token: string, headers: Record<string, string> = {}) {
  return send(takeout(), "GET /merchants", { token, headers });
}

test("the environment points at the vendor", () => {
  expect(takeout().environment).toEqual({
    TAKEOUT_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/takeout\/api\/v1$/),
    TAKEOUT_PHONE: "13800138000",
    TAKEOUT_PASSWORD: expect.stringMatching(/^[0-9a-f]{20}$/),
    TAKEOUT_LOGIN_TYPE: "merchant",
    TAKEOUT_TENANT_ID: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

describe("POST /api/v1/auth/login", () => {
  test("answers the document's fields in the envelope", async () => {
    const { status, body } = await login(takeout());
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      code: 200,
      message: "操作成功",
      data: {
        accessToken: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
        refreshToken: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
        expiresIn: 7200,
        tokenType: "Bearer",
        userInfo: {
          id: expect.any(String),
          phone: "13800138000",
          nickname: "张三",
          avatar: expect.stringMatching(/^https:/),
        },
      },
      timestamp: "2026-04-14T02:00:00Z",
    });
  });

  test.each(["customer", "merchant", "system"])(
    "takes the environment's account as %s",
    async (loginType) => {
      expect((await login(takeout(), { loginType })).status).toBe(200);
    },
  );

  test("a wrong password and an unknown phone are the same 401", async () => {
    const wrong = await login(takeout(), { password: "password123" });
    const unknown = await login(takeout(), { phone: "13800138009" });
    expect(wrong).toMatchObject({ status: 401, body: { success: false, code: 401 } });
    expect(unknown.body).toEqual(wrong.body);
  });

  test("malformed fields are a 400 that names each", async () => {
    const { status, body } = await login(takeout(), { phone: "138", loginType: "driver" });
    expect(status).toBe(400);
    expect(body).toEqual({
      success: false,
      code: 400,
      message: "参数错误",
      errors: [
        { field: "phone", message: "手机号格式不正确" },
        { field: "loginType", message: expect.any(String) },
      ],
      timestamp: "2026-04-14T02:00:00Z",
    });
  });

  test("a body that is no JSON, or does not say so, is a 400", async () => {
    for (const headers of [{ "content-type": "text/plain" }, { "content-type": "application/json" }]) {
      const url = `${variable(takeout(), "TAKEOUT_BASE_URL")}/auth/login`;
      const tenant = { "x-tenant-id": variable(takeout(), "TAKEOUT_TENANT_ID") };
      const init = { method: "POST", body: "phone=1", headers: { ...headers, ...tenant } };
      expect((await fetch(url, init)).status).toBe(400);
    }
  });
});

describe("a token", () => {
  let tokens: { accessToken: string; refreshToken: string };
  beforeEach(async () => {
    tokens = (await login(takeout())).data;
  });

  test("is good for two hours of the client's time", async () => {
    takeout().clock.advance(7199);
    expect((await merchants(tokens.accessToken)).status).toBe(200);
    takeout().clock.advance(1);
    expect(await merchants(tokens.accessToken)).toMatchObject({
      status: 401,
      body: { success: false, code: 401 },
    });
  });

  test("is renewed by POST /api/v1/auth/refresh, which gives no new refresh token", async () => {
    takeout().clock.advance(7200);
    const body = { refreshToken: tokens.refreshToken };
    const { status, data } = await send(takeout(), "POST /auth/refresh", { body });
    expect(status).toBe(200);
    expect(data).toEqual({ accessToken: expect.any(String), expiresIn: 7200 });
    expect((await merchants(data.accessToken)).status).toBe(200);
  });

  test("of one kind is not good for the other", async () => {
    expect((await merchants(tokens.refreshToken)).status).toBe(401);
    const body = { refreshToken: tokens.accessToken };
    expect((await send(takeout(), "POST /auth/refresh", { body })).status).toBe(401);
  });

  test("for refreshing is over after a week", async () => {
    takeout().clock.advance(7 * 24 * 3600);
    const body = { refreshToken: tokens.refreshToken };
    expect((await send(takeout(), "POST /auth/refresh", { body })).status).toBe(401);
  });

  test("with a changed claim, no signature or no scheme is a 401", async () => {
    const [header = "", payload = "", signature = ""] = tokens.accessToken.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 9999 })).toString("base64url");
    expect((await merchants(`${header}.${forged}.${signature}`)).status).toBe(401);
    expect((await merchants(`${header}.${payload}.`)).status).toBe(401);
    const bare = await send(takeout(), "GET /merchants", { headers: { authorization: tokens.accessToken } });
    expect(bare.status).toBe(401);
    expect((await send(takeout(), "GET /merchants")).status).toBe(401);
  });

  test("is over early where the vendor's clock runs three hours ahead", async () => {
    takeout().faults.add({ vendor: "takeout", kind: "clock_off", clockOffsetSeconds: 3 * 3600 });
    expect((await merchants(tokens.accessToken)).status).toBe(401);
    expect((await merchants(tokens.accessToken)).status).toBe(200);
  });
});

describe("the tenant", () => {
  test.each([
    ["another tenant's", { "x-tenant-id": "00000000-0000-8000-a000-000000000000" }],
    ["an empty", { "x-tenant-id": "" }],
  ])("%s header is a 403", async (_, headers) => {
    const { accessToken } = (await login(takeout())).data;
    expect(await merchants(accessToken, headers)).toMatchObject({ status: 403, body: { code: 403 } });
  });

  test("is needed in the header, also to sign in", async () => {
    const { accessToken } = (await login(takeout())).data;
    const base = variable(takeout(), "TAKEOUT_BASE_URL");
    const authorization = `Bearer ${accessToken}`;
    expect((await fetch(`${base}/merchants`, { headers: { authorization } })).status).toBe(403);
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
    expect((await fetch(`${base}/auth/login`, init)).status).toBe(403);
  });
});

describe("where the header may be left out", () => {
  const lenient = runningTakeout({ isTenantHeaderRequired: false });

  test("the token tells the tenant, and a header that differs is still a 403", async () => {
    const base = variable(lenient(), "TAKEOUT_BASE_URL");
    const { accessToken } = (await login(lenient())).data;
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await fetch(`${base}/merchants`, { headers })).status).toBe(200);
    const wrong = { ...headers, "x-tenant-id": "other" };
    expect((await fetch(`${base}/merchants`, { headers: wrong })).status).toBe(403);
  });
});

describe("with a shorter life", () => {
  const brief = runningTakeout({ tokenSeconds: 5 });

  test("a token says how long it lives and keeps to it", async () => {
    const { accessToken: token, expiresIn } = (await login(brief())).data;
    expect(expiresIn).toBe(5);
    brief().clock.advance(4);
    expect((await send(brief(), "GET /merchants", { token })).status).toBe(200);
    brief().clock.advance(1);
    expect((await send(brief(), "GET /merchants", { token })).status).toBe(401);
  });
});

describe("registration", () => {
  const phone = "13800138111";

  async function codeFor(type: string): Promise<string> {
    expect((await send(takeout(), "POST /auth/send-code", { body: { phone, type } })).status).toBe(200);
    return (await holdings(takeout())).verificationCodes.at(-1).code;
  }

  function register(verificationCode: string) {
    const body = { phone, password: "password123", verificationCode, nickname: "李四" };
    return send(takeout(), "POST /auth/register", { body });
  }

  test("POST /api/v1/auth/register takes the code that was sent, and the user can sign in", async () => {
    const { status, body } = await register(await codeFor("register"));
    expect(status).toBe(201);
    expect(body).toMatchObject({ success: true, code: 201, data: { phone, nickname: "李四" } });
    const fields = { phone, password: "password123", loginType: "customer" };
    expect((await login(takeout(), fields)).status).toBe(200);
    expect((await login(takeout(), { ...fields, loginType: "system" })).status).toBe(403);
  });

  test("a code is good once, and the phone is taken then", async () => {
    const code = await codeFor("register");
    await register(code);
    expect(await register(code)).toMatchObject({ status: 409, body: { code: 409 } });
    expect(
      (await holdings(takeout())).users.filter((user: { phone: string }) => user.phone === phone),
    ).toHaveLength(1);
  });

  test("a wrong code is a 422 that names it, and leaves the right one good", async () => {
    const code = await codeFor("register");
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
    expect(await register(wrong)).toMatchObject({
      status: 422,
      body: { success: false, code: 422, errors: [{ field: "verificationCode" }] },
    });
    expect((await register(code)).status).toBe(201);
  });

  test("a code is over after five minutes of the client's time", async () => {
    const code = await codeFor("register");
    takeout().clock.advance(300);
    expect((await register(code)).status).toBe(422);
  });

  test("a newer code replaces the one before", async () => {
    const first = await codeFor("register");
    const second = await codeFor("register");
    expect(second).not.toBe(first);
    expect((await register(first)).status).toBe(422);
    expect((await register(second)).status).toBe(201);
  });

  test.each(["login", "reset_password"])("a code for %s does not register", async (type) => {
    expect((await register(await codeFor(type))).status).toBe(422);
  });

  test("POST /api/v1/auth/send-code refuses an unknown type by name", async () => {
    const { status, body } = await send(takeout(), "POST /auth/send-code", { body: { phone, type: "sms" } });
    expect({ status, errors: body.errors }).toMatchObject({ status: 400, errors: [{ field: "type" }] });
  });
});
