import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pipeline, type VendorRequest } from "../../../src/pipeline/pipeline.ts";
import {
  md5Signature,
  type Signing,
  sha1Signature,
  signEachAttempt,
  signRequest,
} from "../../../src/providers/transmit/sign.ts";
import { createVendorClock } from "../../../src/providers/vendor-clock.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { fixture } from "../../support/fixture.ts";
import { readRequest, vendorAnswer } from "../../support/vendor-request.ts";

/** The document's own example (API签名). */
const documented = {
  path: "/trackings",
  query: [
    ["token", "xxx"],
    ["timestamp", "1537929616"],
  ] as const,
  json: JSON.parse(fixture("transmit/create-request.json")),
};
const documentedSignature = "0C6E5DF1FCFA8A8A5B4E8E9363D245E2";

const later = {
  path: "/trackings",
  query: [
    ["broker_id", "524081"],
    ["accessKey", "xxx"],
    ["timestamp", "1539757950"],
  ] as const,
};
const laterSignature = "D98EFC7F313C977DAF8EC24591CA0ECD70AE964D";

const md5: Signing = { signScheme: "md5", signPrefix: "", token: "xxx", salt: "hello" };
const sha1: Signing = { ...md5, signScheme: "sha1", salt: "test" };

describe("the md5 scheme", () => {
  test("gives the document's signature", () => {
    expect(md5Signature(documented, "hello")).toBe(documentedSignature);
  });

  test("signs names of the body's top level, whatever their values and order", () => {
    const turned = Object.fromEntries(
      Object.keys(documented.json)
        .toReversed()
        .map((name) => [name, null]),
    );
    expect(md5Signature({ ...documented, json: turned }, "hello")).toBe(documentedSignature);
    const { carrier_email: _, ...fewer } = documented.json;
    expect(md5Signature({ ...documented, json: fewer }, "hello")).not.toBe(documentedSignature);
  });

  test("is another one over the whole path, over an encoded query, with another salt, and over the path alone", () => {
    const others = [
      md5Signature({ ...documented, path: "/api/transmit/trackings" }, "hello"),
      md5Signature({ ...documented, query: [...documented.query, ["broker_id", "a%20b"]] }, "hello"),
      md5Signature({ ...documented, query: [...documented.query, ["broker_id", "a b"]] }, "hello"),
      md5Signature(documented, "Hello"),
      createHash("md5").update("/trackingshello").digest("hex").toUpperCase(),
    ];
    expect(new Set([documentedSignature, ...others]).size).toBe(6);
  });

  test("writes hex in upper case", () => {
    expect(md5Signature(documented, "hello")).toMatch(/^[0-9A-F]{32}$/);
  });

  test("signs what a plain reading of the document signs, for any query and body", () => {
    const word = fc.string({ minLength: 1, maxLength: 8 });
    const pairs = fc.uniqueArray(fc.tuple(word, word), { selector: ([name]) => name });
    fc.assert(
      fc.property(pairs, fc.dictionary(word, fc.jsonValue()), word, (query, json, salt) => {
        const inOrder = (texts: string[]) => texts.toSorted((a, b) => (a < b ? -1 : 1)).join("&");
        const part2 = query.length === 0 ? "" : `?${inOrder(query.map((pair) => pair.join("=")))}`;
        const text = `/trackings${part2}${inOrder(Object.keys(json))}${salt}`;
        const expected = createHash("md5").update(text).digest("hex").toUpperCase();
        expect(md5Signature({ path: "/trackings", query, json }, salt)).toBe(expected);
      }),
    );
  });
});

describe("the sha1 scheme", () => {
  test("gives the known signature", () => {
    expect(sha1Signature(later, "test")).toBe(laterSignature);
  });

  test("signs the body as it is sent, byte for byte", () => {
    const text = '/trackings?accessKey=xxx{"enabled":false,"note":"中"}test';
    const expected = createHash("sha1").update(text).digest("hex").toUpperCase();
    const request = {
      path: "/trackings",
      query: [["accessKey", "xxx"]] as const,
      json: { enabled: false, note: "中" },
    };
    expect(sha1Signature(request, "test")).toBe(expected);
  });
});

describe("a signed request", () => {
  test("carries token, timestamp and sign behind its own query, and the path as it was", () => {
    const signed = signRequest(
      { path: "/trackings", query: [["broker_id", "1"]], json: {} },
      md5,
      1537929616,
    );
    expect(signed.path).toBe("/trackings");
    expect(signed.query.map(([name]) => name)).toEqual(["broker_id", "token", "timestamp", "sign"]);
  });

  test("is signed as the document shows, its sign left out of what is signed", () => {
    const { query } = signRequest({ ...documented, query: [] }, md5, 1537929616);
    expect(query.at(-1)).toEqual(["sign", documentedSignature]);
  });

  test("carries accessKey and signature with the later scheme", () => {
    const request = { path: "/trackings", query: [["broker_id", "524081"]] as const };
    const { query } = signRequest(request, sha1, 1539757950);
    expect(query).toEqual([
      ["broker_id", "524081"],
      ["accessKey", "xxx"],
      ["timestamp", "1539757950"],
      ["signature", laterSignature],
    ]);
  });

  test.each(["md5", "sha1"] as const)(
    "has the prefix in what %s signs, and not in what is sent",
    (signScheme) => {
      const prefixed: Signing = { ...md5, signScheme, signPrefix: "/api/transmit" };
      const plain: Signing = { ...prefixed, signPrefix: "" };
      const short = { path: "/trackings", query: [], json: { enabled: true } };
      const whole = { ...short, path: "/api/transmit/trackings" };
      expect(signRequest(short, prefixed, 1).query).toEqual(signRequest(whole, plain, 1).query);
      expect(signRequest(short, prefixed, 1).path).toBe("/trackings");
      expect(signRequest(short, prefixed, 1).query).not.toEqual(signRequest(short, plain, 1).query);
    },
  );
});

/** A vendor that takes no timestamp ahead of its clock, and none that is older than a minute. */
function vendorAheadBy(vendorAheadMilliseconds: number) {
  const clock = createFakeClock();
  const vendorClock = createVendorClock(clock);
  const sent: VendorRequest[] = [];
  const vendor = async (request: VendorRequest) => {
    sent.push(request);
    const now = clock.now() + vendorAheadMilliseconds;
    const ageSeconds = now / 1000 - Number(Object.fromEntries(request.query)["timestamp"]);
    const status = ageSeconds < 0 || ageSeconds > 60 ? 401 : 200;
    return vendorAnswer(status, "{}", { date: new Date(now).toUTCString() });
  };
  const send = pipeline(vendor, signEachAttempt(md5, clock, vendorClock), vendorClock.watch);
  return { sent, ask: async () => (await send(readRequest())).status };
}

describe("each attempt", () => {
  test("is dated so that a clock up to five seconds ahead is taken at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -5_000, max: 0 }), async (vendorAhead) => {
        const { sent, ask } = vendorAheadBy(vendorAhead);
        expect([await ask(), sent.length]).toEqual([200, 1]);
      }),
    );
  });

  test("is taken at the second try at the latest, and later ones at once, however far the clock is off", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -86_400_000, max: 86_400_000 }), async (vendorAhead) => {
        const { sent, ask } = vendorAheadBy(vendorAhead);
        expect(await ask()).toBe(200);
        const tries = sent.length;
        expect(tries).toBeLessThanOrEqual(2);
        expect([await ask(), sent.length]).toEqual([200, tries + 1]);
      }),
    );
  });

  test.each([400, 401, 403])("that is answered %i while the clocks agree goes out once", async (status) => {
    const clock = createFakeClock();
    const vendorClock = createVendorClock(clock);
    let sent = 0;
    const vendor = async () => {
      sent += 1;
      return vendorAnswer(status, "{}", { date: new Date(clock.now()).toUTCString() });
    };
    const send = pipeline(vendor, signEachAttempt(md5, clock, vendorClock), vendorClock.watch);
    expect([(await send(readRequest())).status, sent]).toEqual([status, 1]);
  });
});
