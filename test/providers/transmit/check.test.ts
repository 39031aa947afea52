import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTransmit } from "../../../src/providers/transmit/client.ts";
import { failureOf } from "../../support/failures.ts";
import { createTestHttp } from "../../support/test-http.ts";
import {
  type Answering,
  html,
  type ReceivedRequest,
  startVendorServer,
  type VendorServer,
} from "../../support/vendor-server.ts";

let server: VendorServer;

beforeEach(async () => {
  server = await startVendorServer();
});
afterEach(() => server.close());

const account = { token: "xxx", salt: "hello", signPrefix: "", signScheme: "md5" } as const;

async function check(config: Partial<Parameters<typeof createTransmit>[0]> = {}) {
  const transmit = createTransmit(
    { baseUrl: `${server.url}/api/transmit`, ...account, ...config },
    createTestHttp(),
  );
  try {
    return await transmit.check();
  } finally {
    await transmit.close();
  }
}

type Scheme = "md5" | "sha1";
type Deployment = { scheme: Scheme; prefix: string; refused?: number; accepted?: number };

/** A deployment that takes one way of signing, checked as the document's server code does. */
function deployment({ scheme, prefix, refused = 401, accepted = 200 }: Deployment): Answering {
  return (request, response) => {
    const status = isSigned(request, scheme, prefix) ? accepted : refused;
    response.writeHead(status, { date: new Date().toUTCString() }).end('{"total":0,"results":[]}');
  };
}

function isSigned({ url }: ReceivedRequest, scheme: Scheme, prefix: string): boolean {
  const [path = "", query = ""] = url.split("?");
  const name = scheme === "md5" ? "sign" : "signature";
  const pairs = [...new URLSearchParams(query)].filter(([key]) => key !== name);
  const sorted = pairs.map((pair) => pair.join("=")).toSorted((a, b) => (a < b ? -1 : 1));
  const text = `${prefix}${path.replace("/api/transmit", "")}?${sorted.join("&")}hello`;
  const expected = createHash(scheme).update(text).digest("hex").toUpperCase();
  return new URLSearchParams(query).get(name) === expected;
}

test("the configured way is tried first, by a read that changes nothing, and told", async () => {
  server.answer(deployment({ scheme: "md5", prefix: "" }));
  const { vendor, notes, clockSkewSeconds } = await check();
  expect(vendor).toBe("transmit");
  expect(notes).toEqual([
    "The deployment takes md5 signatures over the resource's path alone, as configured.",
  ]);
  expect(Math.abs(clockSkewSeconds ?? 99)).toBeLessThan(30);
  expect(server.requests.map(({ method }) => method)).toEqual(["GET"]);
});

test.each<[Scheme, string, string]>([
  ["md5", "/api/transmit", "Set TRANSMIT_SIGN_SCHEME=md5 and TRANSMIT_SIGN_PREFIX=/api/transmit."],
  ["sha1", "", "Set TRANSMIT_SIGN_SCHEME=sha1 and TRANSMIT_SIGN_PREFIX empty."],
  ["sha1", "/api/transmit", "Set TRANSMIT_SIGN_SCHEME=sha1 and TRANSMIT_SIGN_PREFIX=/api/transmit."],
])("a deployment that takes %s with %j is found out, and the variables to set are told", async (...way) => {
  const [scheme, prefix, hint] = way;
  server.answer(deployment({ scheme, prefix }));
  const failure = await failureOf(check());
  expect([failure.code, failure.details.hint]).toEqual(["unauthorized", hint]);
  expect(server.requests.every(({ method }) => method === "GET")).toBe(true);
});

test.each([
  [403, 404],
  [400, 403],
  [401, 404],
])(
  "a deployment that refuses with %i and knows no such broker (%i) has taken the signature",
  async (...statuses) => {
    const [refused, accepted] = statuses;
    server.answer(deployment({ scheme: "sha1", prefix: "", refused, accepted }));
    expect((await check({ signScheme: "sha1" })).notes?.[0]).toContain("sha1");
    const failure = await failureOf(check());
    expect(failure.details.hint).toContain("TRANSMIT_SIGN_SCHEME=sha1");
  },
);

test("an account that is wrong in every way is unauthorized", async () => {
  server.answer(deployment({ scheme: "md5", prefix: "" }));
  const failure = await failureOf(check({ salt: "wrong" }));
  expect(failure.code).toBe("unauthorized");
  expect(failure.details.hint).toContain("TRANSMIT_SALT");
});

test("an address where everything is unknown is told as such, and not as a signature", async () => {
  server.answer((_, response) => response.writeHead(404).end("Not Found"));
  const failure = await failureOf(check());
  expect(failure.code).toBe("not_found");
  expect(failure.details.hint).toContain("TRANSMIT_BASE_URL");
});

test.each([
  [html(200), "bad_response"],
  [html(502), "unavailable"],
])("a web page in place of the vendor is no verdict on signatures", async (answering, code) => {
  server.answer(answering);
  expect((await failureOf(check())).code).toBe(code);
});

test("a clock that is an hour ahead is told as the reason", async () => {
  server.answer((_, response) =>
    response.writeHead(401, { date: new Date(Date.now() - 3_600_000).toUTCString() }).end("expired"),
  );
  expect((await failureOf(check())).message).toMatch(/clock is 3\d\d\d seconds ahead/);
});
