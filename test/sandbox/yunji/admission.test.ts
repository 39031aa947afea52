import { describe, expect, test } from "vitest";
import {
  call,
  get,
  post,
  postText,
  runningHotel,
  signed,
  startedAt,
  storeOf,
  writeJson,
} from "./running-hotel.ts";

const hotel = runningHotel();
const positions = (sending = {}) => get(hotel(), "/v1/position/query", { type: "1" }, sending);
const timestamp = (secondsAhead: number) =>
  `${new Date(startedAt + secondsAhead * 1000).toISOString().slice(0, 19)}Z`;

describe("public parameters", () => {
  test.each(["accessKeyId", "signatureNonce", "timestamp", "signature"])(
    "a request without %s is told that it is missing",
    async (name) => {
      const { status, body } = await positions({ afterwards: { [name]: undefined } });
      expect({ status, body }).toEqual({
        status: 400,
        body: { requestId: expect.any(String), code: 10400, message: `系统参数缺失: ${name}` },
      });
    },
  );

  test.each(["1243324234", "2026-04-14 02:00:00", "2026-04-14T10:00:00+08:00", "2026-13-14T02:00:00Z"])(
    "the timestamp %s is none",
    async (text) => {
      const { body } = await positions({ parameters: { timestamp: text } });
      expect(body).toMatchObject({ code: 10400, message: expect.stringContaining("timestamp") });
    },
  );

  test("of a POST belong into the body, not into the query", async () => {
    const user = { storeId: storeOf(hotel()), uidKey: "0802" };
    const pairs = Object.entries(signed(hotel(), user)).map(([name, value]) => [name, String(value)]);
    const query = new URLSearchParams(Object.fromEntries(pairs));
    const { status, body } = await postText(hotel(), `/v1/user/createUser?${query}`, JSON.stringify(user));
    expect({ status, code: body.code }).toEqual({ status: 400, code: 10400 });
  });

  test.each([
    ["[]", "application/json"],
    ["{", "application/json"],
    ["", "application/json"],
    ["{}", "text/plain"],
  ])("the body %j as %s is no request", async (body, type) => {
    const answer = await postText(hotel(), "/v1/user/createUser", body, type);
    expect(answer).toMatchObject({ status: 400, body: { code: 10400 } });
  });
});

describe("the signature", () => {
  test("in a query is percent-encoded: a bare plus is read as a space", async () => {
    for (let tried = 0; tried < 100; tried++) {
      const parameters = signed(hotel(), { type: "1" });
      if (!parameters.signature.includes("+")) continue;
      const query = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
      const { status, body } = await call(`${hotel().url}/v1/position/query?${query.join("&")}`);
      expect({ status, code: body.code }).toEqual({ status: 401, code: 10503 });
      return;
    }
    throw new Error("no signature with a plus in a hundred");
  });

  test.each(["json", "scalars", "public"] as const)(
    "covers a nested member that the endpoint does not have, so that of %s is told apart",
    async (scope) => {
      const question = { storeId: storeOf(hotel()), taskId: "nothing", probe: { nested: "x" } };
      const { status, body } = await post(hotel(), "/v1/task/estimatedTime", question, { scope });
      const [whole, refused] = [
        { status: 404, code: 10086 },
        { status: 401, code: 10503 },
      ];
      expect({ status, code: body.code }).toEqual(scope === "json" ? whole : refused);
    },
  );

  test("covers the values of a query decoded", async () => {
    const { status } = await get(hotel(), "/v1/order/queryByUserId", { userId: "张 三/&=+" });
    expect(status).toBe(200);
  });

  test("is wrong with another key", async () => {
    const { status, body } = await positions({ parameters: { accessKeyId: "somebody" } });
    expect({ status, code: body.code }).toEqual({ status: 401, code: 10503 });
  });
});

describe("a nonce", () => {
  test("passes once", async () => {
    const sending = { parameters: { signatureNonce: "once" } };
    expect((await positions(sending)).status).toBe(200);
    expect(await positions(sending)).toMatchObject({ status: 401, body: { code: 10503 } });
  });

  test("is not used up by a wrong signature", async () => {
    const parameters = { signatureNonce: "kept" };
    expect((await positions({ parameters, afterwards: { signature: "wrong" } })).status).toBe(401);
    expect((await positions({ parameters })).status).toBe(200);
  });

  test("that was used for an order makes no second one", async () => {
    const user = { storeId: storeOf(hotel()), uidKey: "0802" };
    const body = writeJson(signed(hotel(), user));
    expect((await postText(hotel(), "/v1/user/createUser", body)).status).toBe(200);
    expect((await postText(hotel(), "/v1/user/createUser", body)).body.code).toBe(10503);
  });
});

describe("a timestamp", () => {
  test.each([
    [-901, 401],
    [-900, 200],
    [900, 200],
    [901, 401],
  ])("%i s from the vendor's clock is a %i", async (seconds, expected) => {
    const { status, body } = await positions({ parameters: { timestamp: timestamp(seconds) } });
    expect(status).toBe(expected);
    if (expected === 401) expect(body.code).toBe(10502);
  });

  test("is held against the clock that the Date header tells", async () => {
    hotel().faults.add({ vendor: "yunji", kind: "clock_off", clockOffsetSeconds: 3600 });
    const { status, body, headers } = await positions();
    expect({ status, code: body.code }).toEqual({ status: 401, code: 10502 });
    expect(Date.parse(headers.get("date") ?? "")).toBe(startedAt + 3_600_000);
    expect((await positions()).status).toBe(200);
  });
});

describe("what the server refuses for the vendor", () => {
  test.each([
    ["/v1/nothing", 404],
    ["/v1/user/createUser", 405],
  ])("on %s is a %i with an identifier, a code and a message", async (path, expected) => {
    const { status, body } = await get(hotel(), path);
    expect({ status, body }).toEqual({
      status: expected,
      body: { requestId: expect.any(String), code: 10086, message: "action is not valid" },
    });
  });

  test.each([
    ["error_500_before", 500, 10501],
    ["unauthorized", 401, 10503],
    ["rate_limited", 429, 10501],
  ] as const)("%s is a %i with code %i", async (kind, expected, code) => {
    hotel().faults.add({ vendor: "yunji", kind });
    const { status, body } = await positions();
    expect({ status, code: body.code }).toEqual({ status: expected, code });
  });
});

test("every answer has an identifier of its own", async () => {
  const first = await positions();
  const second = await post(hotel(), "/v1/user/createUser", {});
  expect(first.body.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(second.body.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(first.body.requestId).not.toBe(second.body.requestId);
});
