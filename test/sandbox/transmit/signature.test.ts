import { describe, expect, test } from "vitest";
import { freeCarriers } from "../../../src/sandbox/transmit/seed.ts";
import {
  call,
  create,
  losAngeles,
  runningTransmit,
  sanFrancisco,
  send,
  startedAt,
} from "./running-transmit.ts";

const list = { method: "GET", path: "/trackings", query: { broker_id: "524081" } } as const;

describe("at the moment of the document's example, with its token and salt", () => {
  const transmit = runningTransmit({
    now: 1_537_929_616_000,
    credentials: { token: "xxx", salt: "hello" },
  });
  const body = {
    carrier_email: freeCarriers.reporting[0].email,
    from_date: "2017-09-21T18:31:42Z",
    to_date: "2017-09-30T18:31:42Z",
    from_location: sanFrancisco,
    to_location: losAngeles,
  };
  const post = (sign: string, change: Record<string, unknown> = {}) =>
    call(`${transmit().url}/trackings?token=xxx&timestamp=1537929616&sign=${sign}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...body, ...change }),
    });
  const sign = "0C6E5DF1FCFA8A8A5B4E8E9363D245E2";

  test("its request makes the tracking that it shows", async () => {
    const { status, body: made } = await post(sign);
    expect(status).toBe(200);
    expect(made).toMatchObject({
      from_date: "2017-09-21T18:31:42Z",
      to_date: "2017-09-30T18:31:42Z",
      status: "completed",
      enabled: true,
      created_at: "2018-09-26T02:40:16Z",
      updated_at: "2018-09-26T02:40:16Z",
    });
  });

  test.each([
    ["lower case", sign.toLowerCase(), {}],
    ["one more key", sign, { note: "fragile" }],
    ["another digit", sign.replace("0C6E", "0C6F"), {}],
  ])("with %s it is refused", async (_name, changed, change) => {
    const answer = await post(changed, change);
    expect(answer).toMatchObject({
      status: 401,
      body: { state_code: 401, state_message: "sign is invalid" },
    });
    expect(transmit().holdings()["trackings"]).toHaveLength(4);
  });
});

describe("at the moment of the later scheme's example, with its key and secret", () => {
  const transmit = runningTransmit({
    now: 1_539_757_950_000,
    signScheme: "sha1",
    credentials: { token: "xxx", salt: "test" },
  });
  const get = (signature: string) =>
    call(
      `${transmit().url}/trackings?broker_id=524081&accessKey=xxx&timestamp=1539757950&signature=${signature}`,
    );

  test("its request lists a broker's trackings", async () => {
    const { status, body } = await get("D98EFC7F313C977DAF8EC24591CA0ECD70AE964D");
    expect({ status, total: body.total }).toEqual({ status: 200, total: 3 });
  });

  test("in lower case it is refused", async () => {
    expect((await get("d98efc7f313c977daf8ec24591ca0ecd70ae964d")).status).toBe(401);
  });

  test("the body is signed as well", async () => {
    const { environment } = transmit();
    expect(environment).toMatchObject({ TRANSMIT_SIGN_SCHEME: "sha1", TRANSMIT_TOKEN: "xxx" });
    const wish = { method: "POST", path: "/location_events", body: { events: [] } } as const;
    expect((await send(transmit(), wish, { scheme: "sha1" })).status).toBe(400);
    expect((await send(transmit(), wish, { scheme: "md5" })).status).toBe(401);
  });
});

describe("a deployment that signs the full path", () => {
  const transmit = runningTransmit({ signPrefix: "/api/transmit" });

  test("says so and refuses the resource's path alone", async () => {
    expect(transmit().environment["TRANSMIT_SIGN_PREFIX"]).toBe("/api/transmit");
    expect((await send(transmit(), list, { prefix: "/api/transmit" })).status).toBe(200);
    expect((await send(transmit(), list)).status).toBe(401);
  });
});

describe("the usual deployment", () => {
  const transmit = runningTransmit();
  const seconds = startedAt / 1000;

  test("signs the resource's path without a prefix, by md5", async () => {
    expect(transmit().environment).not.toHaveProperty("TRANSMIT_SIGN_PREFIX");
    expect(transmit().environment).not.toHaveProperty("TRANSMIT_SIGN_SCHEME");
    expect((await send(transmit(), list)).status).toBe(200);
    expect((await send(transmit(), list, { prefix: "/api/transmit" })).status).toBe(401);
    expect((await send(transmit(), list, { scheme: "sha1" })).status).toBe(401);
  });

  test("signs the query decoded", async () => {
    const odd = { ...list, query: { broker_id: "524081", note: "a b/ü+&=" } };
    expect((await send(transmit(), odd)).status).toBe(200);
  });

  test.each([
    ["token", { token: "somebody" }, "token is invalid"],
    ["empty token", { token: "" }, "token is required"],
    ["timestamp that is none", { timestamp: "2026-04-14T02:00:00Z" }, "timestamp is invalid"],
    ["timestamp a second ahead", { timestamp: String(seconds + 1) }, "timestamp is in the future"],
    ["timestamp beyond the window", { timestamp: String(seconds - 901) }, "timestamp has expired"],
  ])("refuses a wrong %s", async (_name, query, message) => {
    const { status, body } = await send(transmit(), list, { query });
    expect({ status, body }).toEqual({ status: 401, body: { state_code: 401, state_message: message } });
  });

  test("takes a timestamp at the end of the window", async () => {
    expect((await send(transmit(), list, { query: { timestamp: String(seconds - 900) } })).status).toBe(200);
  });

  test("misses a sign that is not there", async () => {
    const { body } = await send(transmit(), list, { sent: () => "" });
    expect(body.state_message).toBe("sign is required");
  });

  test("holds the timestamp against the clock that its Date header tells", async () => {
    transmit().faults.add({ vendor: "transmit", kind: "clock_off", clockOffsetSeconds: -3600 });
    const { status, body, headers } = await send(transmit(), list);
    expect({ status, message: body.state_message }).toEqual({
      status: 401,
      message: "timestamp is in the future",
    });
    expect(Date.parse(headers.get("date") ?? "")).toBe(startedAt - 3_600_000);
  });

  test("makes nothing for who signs wrongly", async () => {
    const before = transmit().holdings()["trackings"];
    const { status } = await send(
      transmit(),
      { method: "DELETE", path: "/trackings/11030" },
      { sent: () => "0".repeat(32) },
    );
    expect(status).toBe(401);
    expect(transmit().holdings()["trackings"]).toEqual(before);
    expect((await create(transmit())).status).toBe(200);
  });
});
