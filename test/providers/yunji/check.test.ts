import { afterEach, beforeEach, expect, test } from "vitest";
import { type SigningScope, signingScopes } from "../../../src/domain/vendor-settings.ts";
import { createYunji } from "../../../src/providers/yunji/client.ts";
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
    return json(404, { requestId: "r", code: 10086, message: "任务不存在" })(request, response);
  };
}

test.each(signingScopes)(
  "a deployment of scope %s is told as one that takes it and no other",
  async (scope) => {
    server.answer(deployment(scope));
    const { vendor, clockSkewSeconds, notes } = await check(scope);
    expect(vendor).toBe("yunji");
    expect(clockSkewSeconds).not.toBeNull();
    expect(notes).toEqual([
      `The deployment takes signing scope ${scope}, as YUNJI_SIGNING says, and no other.`,
    ]);
  },
);

test.each(
  signingScopes.flatMap((taken) =>
    signingScopes.filter((set) => set !== taken).map((set) => [set, taken] as const),
  ),
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
      : json(404, { requestId: "r", code: 10086 })(request, response),
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

test("the probes ask for the time of a task that does not exist, and nothing else is asked for", async () => {
  server.answer(deployment("json"));
  await check("json");
  const [read, ...probes] = server.requests;
  expect(read?.url).toMatch(/^\/v1\/position\/query\?/);
  expect(probes.map(({ method, url }) => `${method} ${url}`)).toEqual(
    signingScopes.map(() => "POST /v1/task/estimatedTime"),
  );
  for (const { body } of probes) expect(JSON.parse(body)).toMatchObject({ taskId: "waybill-doctor" });
});

test("a deployment that answers anything at all to the probe has taken its signature", async () => {
  server.answer((request, response) =>
    request.method === "POST" && JSON.parse(request.body).taskId !== undefined
      ? json(200, { requestId: "r", data: null })(request, response)
      : json(200, fixture("yunji/positions.json"))(request, response),
  );
  expect((await check("scalars")).notes?.[0]).toContain("keep YUNJI_SIGNING=scalars");
});

test.each(signingScopes)(
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
    expect([right, wrong].map(({ asked }) => asked("POST /v1/order/createPoiOrder"))).toEqual([0, 0]);
  },
);
