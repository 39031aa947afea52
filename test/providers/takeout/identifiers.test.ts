import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TakeoutClient } from "../../../src/providers/takeout/client.ts";
import { failureOf } from "../../support/failures.ts";
import { startTakeoutVendor, type TakeoutVendor } from "../../support/takeout-vendor.ts";

let vendor: TakeoutVendor;

beforeEach(async () => {
  vendor = await startTakeoutVendor();
});

afterEach(() => vendor.close());

/** Every call that puts an identifier into its path, and the path as the document writes it. */
const calls: [path: string, call: (takeout: TakeoutClient, id: string) => Promise<unknown>][] = [
  ["/merchants/{id}", ({ merchants }, id) => merchants.get(id)],
  ["/merchants/{id}", ({ merchants }, id) => merchants.update(id, { name: "A" })],
  ["/merchants/{id}", ({ merchants }, id) => merchants.delete(id)],
  ["/dishes/{id}", ({ dishes }, id) => dishes.get(id)],
  ["/dishes/{id}", ({ dishes }, id) => dishes.update(id, { name: "A" })],
  ["/orders/{id}", ({ orders }, id) => orders.get(id)],
  ["/orders/{id}/accept", ({ orders }, id) => orders.accept(id, 30)],
  ["/orders/{id}/cooking", ({ orders }, id) => orders.startCooking(id)],
  ["/orders/{id}/complete", ({ orders }, id) => orders.complete(id)],
  ["/orders/{id}/cancel", ({ orders }, id) => orders.cancel(id, { reason: "r", cancelBy: "system" })],
  ["/payments/{id}", ({ payments }, id) => payments.get(id)],
  ["/delivery-tasks/{id}/assign", ({ delivery }, id) => delivery.assign(id, "d")],
  ["/delivery-tasks/{id}/accept", ({ delivery }, id) => delivery.accept(id)],
  ["/delivery-tasks/{id}/pickup", ({ delivery }, id) => delivery.pickUp(id)],
  ["/delivery-tasks/{id}/deliver", ({ delivery }, id) => delivery.deliver(id, "123456")],
  ["/coupons/{id}/receive", ({ coupons }, id) => coupons.claim(id)],
  ["/reviews/{id}/reply", ({ reviews }, id) => reviews.reply(id, "A")],
];

const hostile = fc.constantFrom(
  ...["..", ".", "../orders", "a/../../b", "a\\b", "%2e%2e", "..%2f", "a?x=1", "a#b", "a;b", "a b", "\ud800"],
  ...["", " ", "\u0000", "a\r\nX: y", "/", "//evil.example", "批量", "uuid/cancel", "x".repeat(201)],
);
const anyIdentifier = fc.oneof(hostile, fc.string(), fc.string({ unit: "grapheme" }), fc.uuid());

test("no identifier reaches another endpoint: it arrives as it is, or nothing is sent", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...calls), anyIdentifier, async ([path, call], id) => {
      const before = vendor.calls().length;
      const ended = await call(vendor.takeout, id).then(
        () => "done",
        (error: { code: string }) => error.code,
      );
      const sent = vendor.calls().slice(before);
      expect(sent).toHaveLength(ended === "invalid_input" ? 0 : 1);
      const [first] = sent;
      if (!first) return;
      const { pathname, search, hash } = new URL(`http://vendor.test${first.url}`);
      const pattern = new RegExp(`^/api/v1${path.replace("{id}", "([^/]+)")}$`);
      expect([search, hash]).toEqual(["", ""]);
      expect(decodeURIComponent(pattern.exec(pathname)?.[1] ?? "")).toBe(id);
    }),
    { numRuns: 300 },
  );
});

test.each(["", " ", ".", "..", "a/b", "a\\b", "a\u0000b", "\ud800", "x".repeat(201)])(
  "the identifier %j is refused for every path, with the name of its field",
  async (id) => {
    for (const [path, call] of calls) {
      const failure = await failureOf(call(vendor.takeout, id));
      expect([path, failure.code]).toEqual([path, "invalid_input"]);
      expect(failure.details.fields?.[0]).toMatch(
        /^(merchant|dish|order|task|coupon|review)_id$|^payment_no$/,
      );
    }
    expect(vendor.server.requests).toEqual([]);
  },
);
