import fc from "fast-check";
import { expect, test } from "vitest";
import { exactNumber } from "../../../src/pipeline/json.ts";
import { pipeline, type VendorRequest } from "../../../src/pipeline/pipeline.ts";
import { createVendorClock } from "../../../src/providers/vendor-clock.ts";
import { signature, signatureBase, signRequests } from "../../../src/providers/yunji/sign.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { readRequest, vendorAnswer, writeRequest } from "../../support/vendor-request.ts";

/** yunji.txt, 执行示例 */
const documented = {
  uidKey: "0802",
  signatureNonce: "53c593e7-766d-4646-8b58-0b795ded0ed6",
  accessKeyId: "testid",
  timestamp: "2019-10-10T08:26:01Z",
};
const documentedBase =
  "accessKeyId=testid&signatureNonce=53c593e7-766d-4646-8b58-0b795ded0ed6&timestamp=2019-10-10T08:26:01Z&uidKey=0802";
const documentedValue = "VQAdXELyv7rl/6E4bj1VdV4X6vI=";

test("the document's example gives its text to sign and its signature", () => {
  expect(signatureBase(documented, "json")).toBe(documentedBase);
  expect(signature(documentedBase, "testsecret")).toBe(documentedValue);
});

test("the key identifier in the other case gives the other signature", () => {
  const base = signatureBase({ ...documented, accessKeyId: "testId" }, "json");
  expect(signature(base, "testsecret")).toBe("B0z7bnwxIhXKnKRgyS2QcuC0lYI=");
});

test("a percent-encoded value gives another signature than the raw one", () => {
  const encoded = { ...documented, timestamp: encodeURIComponent(documented.timestamp) };
  expect(encoded.timestamp).not.toBe(documented.timestamp);
  expect(signature(signatureBase(encoded, "json"), "testsecret")).not.toBe(documentedValue);
});

test("empty values and the signature itself leave the text as it is", () => {
  const padded = { ...documented, mobilePhone: "", userName: null, storeId: undefined, signature: "old" };
  expect(signatureBase(padded, "json")).toBe(documentedBase);
});

test("names are sorted as ASCII, capitals before small letters", () => {
  expect(signatureBase({ b: "1", B: "2", a: "3", a1: "4", A: "5" }, "json")).toBe("A=5&B=2&a=3&a1=4&b=1");
});

test("the three scopes differ in what they take of an order", () => {
  const order = {
    userId: "u1",
    amount: exactNumber("12.00"),
    orderSN: 9223372036854775807n,
    orderFormInfo: [{ productId: "水", quantity: 1 }],
    contactInfo: { recipientAddress: "0821", recipientPhone: undefined },
    timestamp: "2019-10-10T08:26:01Z",
    signatureNonce: "n",
    accessKeyId: "k",
  };
  expect(signatureBase(order, "json")).toBe(
    'accessKeyId=k&amount=12.00&contactInfo={"recipientAddress":"0821"}' +
      '&orderFormInfo=[{"productId":"水","quantity":1}]&orderSN=9223372036854775807' +
      "&signatureNonce=n&timestamp=2019-10-10T08:26:01Z&userId=u1",
  );
  expect(signatureBase(order, "scalars")).toBe(
    "accessKeyId=k&amount=12.00&orderSN=9223372036854775807&signatureNonce=n&timestamp=2019-10-10T08:26:01Z&userId=u1",
  );
  expect(signatureBase(order, "public")).toBe(
    "accessKeyId=k&signatureNonce=n&timestamp=2019-10-10T08:26:01Z",
  );
});

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/).filter((text) => text !== "signature");
const value = fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.constantFrom("", null, undefined));
const parameters = fc.dictionary(name, value, { maxKeys: 12 });

test("the order in which parameters are given changes nothing", () => {
  fc.assert(
    fc.property(parameters, fc.gen(), (given, draw) => {
      const shuffled = draw(() =>
        fc.shuffledSubarray(Object.entries(given), { minLength: Object.keys(given).length }),
      );
      expect(signatureBase(Object.fromEntries(shuffled), "json")).toBe(signatureBase(given, "json"));
    }),
  );
});

test("every value that is not empty appears raw behind its name, and nothing else does", () => {
  fc.assert(
    fc.property(parameters, (given) => {
      const isEmpty = (text: unknown) => text === "" || text === null || text === undefined;
      const kept = Object.entries(given)
        .filter(([, text]) => !isEmpty(text))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, text]) => `${key}=${String(text)}`);
      expect(signatureBase(given, "json")).toBe(kept.join("&"));
    }),
  );
});

/** The signing step over a vendor that answers as told, and what the vendor got. */
function signingLine(answers: (request: VendorRequest, turn: number) => ReturnType<typeof vendorAnswer>) {
  const clock = createFakeClock(Date.UTC(2019, 9, 10, 8, 26, 1, 999));
  const received: VendorRequest[] = [];
  let serial = 0;
  const signer = {
    accessKeyId: "testid",
    accessKeySecret: "testsecret",
    scope: "json" as const,
    nonce: () => `nonce-${++serial}`,
    clock,
  };
  const vendorClock = createVendorClock(clock);
  const vendor = async (request: VendorRequest) => {
    received.push(request);
    return answers(request, received.length);
  };
  const send = pipeline(vendor, signRequests(signer, vendorClock), vendorClock.watch);
  return { send, received, clock };
}

const sentTimestamp = ({ json, query }: VendorRequest) =>
  json?.["timestamp"] ?? Object.fromEntries(query)["timestamp"];
const sentNonce = ({ json, query }: VendorRequest) =>
  json?.["signatureNonce"] ?? Object.fromEntries(query)["signatureNonce"];

const expired = (date: string) =>
  vendorAnswer(401, '{"requestId":"r","code":10502,"message":"请求时间戳已经过期"}', { date });

test("a GET carries its public parameters in the query, a POST in the body", async () => {
  const { send, received } = signingLine(() => vendorAnswer(200));
  await send(readRequest({ query: [["storeId", "s1"]] }));
  await send(writeRequest({ json: { uidKey: "0802" } }));
  const [read, write] = received;
  expect(read?.query.map(([key]) => key)).toEqual([
    "storeId",
    "signature",
    "signatureNonce",
    "accessKeyId",
    "timestamp",
  ]);
  expect(write?.query).toEqual([]);
  expect(write?.json).toMatchObject({
    uidKey: "0802",
    signatureNonce: "nonce-2",
    accessKeyId: "testid",
    timestamp: "2019-10-10T08:26:01Z",
  });
});

test("an expired timestamp is corrected by the answer's date, and the request sent once more with another nonce", async () => {
  const { send, received } = signingLine((_, turn) =>
    turn === 1 ? expired("Thu, 10 Oct 2019 09:26:01 GMT") : vendorAnswer(200),
  );
  expect((await send(writeRequest({ json: { uidKey: "0802" } }))).status).toBe(200);
  expect(received.map(sentTimestamp)).toEqual(["2019-10-10T08:26:01Z", "2019-10-10T09:26:01Z"]);
  expect(received.map(sentNonce)).toEqual(["nonce-1", "nonce-2"]);
});

test("later requests keep the corrected clock", async () => {
  const { send, received, clock } = signingLine((_, turn) =>
    turn === 1 ? expired("Thu, 10 Oct 2019 07:26:01 GMT") : vendorAnswer(200),
  );
  await send(readRequest());
  await clock.advance(60_000);
  await send(readRequest());
  expect(received.map(sentTimestamp)).toEqual([
    "2019-10-10T08:26:01Z",
    "2019-10-10T07:26:01Z",
    "2019-10-10T07:27:01Z",
  ]);
});

test("a timestamp that is refused again is not corrected a second time", async () => {
  const { send, received } = signingLine(() => expired("Thu, 10 Oct 2019 09:26:01 GMT"));
  expect((await send(writeRequest())).status).toBe(401);
  expect(received).toHaveLength(2);
});

test("an expired timestamp in an answer without a date is passed on", async () => {
  const { send, received } = signingLine(() =>
    vendorAnswer(401, '{"requestId":"r","code":10502,"message":"expired"}'),
  );
  expect((await send(readRequest())).status).toBe(401);
  expect(received).toHaveLength(1);
});

test("no other refusal moves the clock or sends again", async () => {
  const { send, received } = signingLine(() =>
    vendorAnswer(401, '{"requestId":"r","code":10503}', { date: "Thu, 10 Oct 2019 09:26:01 GMT" }),
  );
  await send(readRequest());
  await send(readRequest());
  expect(received.map(sentTimestamp)).toEqual(["2019-10-10T08:26:01Z", "2019-10-10T08:26:01Z"]);
});
