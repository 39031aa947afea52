import fc from "fast-check";
import { expect, test } from "vitest";
import { hasRepeatedMember } from "../../src/providers/repeated-member.ts";

test.each([
  '{"a":1,"a":1}',
  '{"a":{"b":1,"c":[{"d":1,"d":2}]}}',
  '{"a":"x","\\u0061":2}',
  '{ "a" : "}" , "a" : "{" }',
])("a member of one name comes twice in %s", (json) => {
  expect(hasRepeatedMember(json)).toBe(true);
});

test.each(['{"a":{"a":1},"b":{"a":2}}', '[{"a":1},{"a":2}]', '{"a":"\\"a\\":1","b":"a"}', '"a"'])(
  "no member comes twice in %s",
  (json) => {
    expect(hasRepeatedMember(json)).toBe(false);
  },
);

test("what was written from a value has no member twice", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(hasRepeatedMember(json)).toBe(false);
    }),
  );
});
