import fc from "fast-check";
import { expect, test } from "vitest";
import { isStopOf, shipmentIdsOf, stopIdOf } from "../../src/domain/stop-id.ts";

const anyId = fc.oneof(fc.integer({ min: 1, max: 99 }), fc.stringMatching(/^[A-Z0-9+~%-]{1,4}$/));

test("a stop is for each of its shipments at every visit, and for no other", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyId, { minLength: 1, maxLength: 4, selector: String }),
      anyId,
      fc.integer({ min: 1, max: 12 }),
      (shipments, other, visit) => {
        const stopId = stopIdOf(shipments, visit);
        for (const shipment of shipments) expect(isStopOf(stopId, String(shipment))).toBe(true);
        fc.pre(!String(other).includes("%") && String(other) !== stopId);
        expect(isStopOf(stopId, String(other))).toBe(shipments.map(String).includes(String(other)));
      },
    ),
  );
});

test("visits of the same shipments are told apart", () => {
  expect([1, 2].map((visit) => stopIdOf([1001, "A+B"], visit))).toEqual(["1001+A%2BB", "1001+A%2BB~2"]);
});

test("the identifiers of a stop are all those that it is for", () => {
  const id = fc.string({ unit: fc.constantFrom("a", "1", "%", "+", "~", "2", "5", "B"), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 3 }), id, fc.nat(2), (ids, other, visit) => {
      const stopId = stopIdOf(ids, visit + 1);
      expect(shipmentIdsOf(stopId)).toEqual(expect.arrayContaining(ids));
      expect(shipmentIdsOf(stopId).includes(other)).toBe(isStopOf(stopId, other));
      expect(shipmentIdsOf(other).every((one) => isStopOf(other, one))).toBe(true);
    }),
  );
});
