import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, fingerprintOf } from "../../src/state/fingerprint.ts";

/** The same content with the members of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

// RFC 8785, section 3.2.3: members sorted by their names' UTF-16 code units.
test("members are sorted at every depth and take no spaces", () => {
  expect(canonicalJson({ peach: [{ b: 2, a: 1 }], "€": 1, "1": "one" })).toBe(
    '{"1":"one","peach":[{"a":1,"b":2}],"€":1}',
  );
});

test("the order of members makes no other call", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("an argument left out is the same as one that is undefined", () => {
  expect(fingerprintOf("create_order", { a: 1, b: undefined })).toBe(fingerprintOf("create_order", { a: 1 }));
});

test("other arguments, another order of a list and another tool are other calls", () => {
  const fingerprints = [
    fingerprintOf("create_order", { items: [1, 2] }),
    fingerprintOf("create_order", { items: [2, 1] }),
    fingerprintOf("create_order", { items: ["1", 2] }),
    fingerprintOf("cancel_order", { items: [1, 2] }),
    fingerprintOf("create_order", undefined),
  ];
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
});
