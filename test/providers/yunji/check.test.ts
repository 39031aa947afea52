import { afterEach, beforeEach, expect, test } from "vitest";
import { createYunji } from "../../../src/providers/yunji/client.ts";
import type { SigningScope } from "../../../src/providers/yunji/sign.ts";
import { failureOf } from "../../support/failures.ts";
import { fixture } from "../../support/fixture.ts";
import { openRobotDesk } from "../../support/robot-desk.ts";
import { createTestHttp } from "../../support/test-http.ts";
import {
  json,
  type ReceivedRequest,
  startVendorServer,
  type VendorServer,
} from "../../support/vendor-server.ts";
import { documentedSignature, receivedParameters } from "./received-parameters.ts";

let server: VendorServer;
beforeEach(async () => {
  server = await startVendorServer();
});
afterEach(() => server.close());

/** Runs doctor's check with a configured scope. */
async function check(signing: SigningScope, accessKeySecret = "testsecret") {
  const account = { accessKeyId: "testid", accessKeySecret, storeId: "s1" };
  const yunji = createYunji({ baseUrl: server.url, ...account, signing }, createTestHttp());
  try {
    return await yunji.check();
  } finally {
    await yunji.close();
  }
}

const publicNames = ["accessKeyId", "signatureNonce", "timestamp", "signature"];

/** What each scope leaves of a request's parameters. */
const leaves: Record<SigningScope, (name: string, value: string) => boolean> = {
  json: () => true,
  scalars: (_name, value) => !/^[{[]/.test(value),
  public: (name) => publicNames.includes(name),
};

/** A deployment that checks signatures in one scope before it looks at anything else. */
function deployment(scope: SigningScope) {
  return (request: ReceivedRequest, response: Parameters<ReturnType<typeof json>>[1]) => {
    const parameters = receivedParameters(request);
    const signed = new Map([...parameters].filter(([name, value]) => leaves[scope](name, value)));
    if (parameters.get("signature") !== documentedSignature(signed, "testsecret")) {
      return json(401, { requestId: "r", code: 10503, message: "计算签名错误" })(request, response);
    }
    if (request.method === "GET") return json(200, fixture("yunji/positions.json"))(request, response);
    return json(400, { requestId: "r", code: 12001, message: "订单房间号缺失" })(request, response);
  };
}

const scopes = ["json", "scalars", "public"] as const;

test.each(scopes)("a deployment of scope %s is told as one that takes it and no other", async (scope) => {
  server.answer(deployment(scope));
  const { vendor, clockSkewSeconds, notes } = await check(scope);
  expect(vendor).toBe("yunji");
  expect(clockSkewSeconds).not.toBeNull();
  expect(notes).toEqual([
    `The deployment takes signing scope ${scope}, as YUNJI_SIGNING says, and no other.`,
  ]);
});

test.each(
  scopes.flatMap((taken) => scopes.filter((set) => set !== taken).map((set) => [set, taken] as const)),
)("scope %s against a deployment of %s fails and names the right one", async (set, taken) => {
  server.answer(deployment(taken));
  const failure = await failureOf(check(set));
  expect(failure).toMatchObject({ code: "unauthorized", details: { hint: `Set YUNJI_SIGNING=${taken}.` } });
});

test("a wrong secret is told as that", async () => {
  server.answer(deployment("json"));
  const failure = await failureOf(check("json", "another secret"));
  expect(failure.code).toBe("unauthorized");
  expect(failure.details.hint).toContain("YUNJI_ACCESS_KEY_SECRET");
});

test("a deployment that does not check signatures is told as one that can't be told", async () => {
  server.answer((request, response) =>
    request.method === "GET"
      ? json(200, fixture("yunji/positions.json"))(request, response)
      : json(400, { requestId: "r", code: 11005 })(request, response),
  );
  expect((await check("json")).notes?.[0]).toContain("json, scalars, public");
});

test("an answer that does not speak of the signature leaves the scope open", async () => {
  server.answer((request, response) =>
    request.method === "GET"
      ? json(200, fixture("yunji/positions.json"))(request, response)
      : json(500, { requestId: "r", code: 10501 })(request, response),
  );
  expect((await check("json")).notes?.[0]).toContain("could not be told");
});

test("the probe's orders have no room, user or product, and each is asked for once", async () => {
  server.answer(deployment("json"));
  await check("json");
  const probes = server.requests.filter(({ url }) => url === "/v1/order/createPoiOrder");
  expect(probes).toHaveLength(3);
  for (const { body } of probes) {
    const { contactInfo, userId, orderFormInfo } = JSON.parse(body);
    expect(contactInfo).not.toHaveProperty("recipientAddress");
    expect([userId, orderFormInfo[0].productId]).toEqual(["waybill-doctor", "waybill-doctor"]);
  }
});

test("an order that is made out of a probe is told, and no second one is asked for", async () => {
  server.answer((request, response) =>
    json(200, fixture(request.method === "GET" ? "yunji/positions.json" : "yunji/create-order.json"))(
      request,
      response,
    ),
  );
  expect((await check("json")).notes?.join(" ")).toContain("made order 223445452233");
  expect(server.requests).toHaveLength(2);
});

test.each(scopes)(
  "the sandbox of scope %s is told as that, and a configured other scope is set right",
  async (scope) => {
    const right = await openRobotDesk({}, scope);
    expect((await right.check()).notes).toEqual([
      `The deployment takes signing scope ${scope}, as YUNJI_SIGNING says, and no other.`,
    ]);
    const other = scope === "json" ? "scalars" : "json";
    const wrong = await openRobotDesk({ YUNJI_SIGNING: other }, scope);
    expect((await failureOf(wrong.check())).details.hint).toBe(`Set YUNJI_SIGNING=${scope}.`);
    expect([right.orders(), wrong.orders()]).toEqual([[], []]);
  },
);
