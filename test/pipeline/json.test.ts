import fc from "fast-check";
import { expect, test } from "vitest";
import { readJson, writeJson } from "../../src/pipeline/json.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("an integer beyond 2^53 is read as its digits", () => {
  expect(readJson(bytes('{"orderSN":9007199254740993,"small":42}'))).toEqual({
    orderSN: "9007199254740993",
    small: 42,
  });
});

test("every 64-bit integer survives reading and writing", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (id) => {
      const written = writeJson({ id });
      expect(written).toBe(`{"id":${id}}`);
      expect(String((readJson(bytes(written)) as { id: unknown }).id)).toBe(id.toString());
    }),
  );
});

test("numbers under an exact key keep their text, zeros included", () => {
  const exact = new Set(["quantity"]);
  expect(
    readJson(bytes('[{"quantity":50.10},{"quantity":1e2},{"quantity":"7.00"},{"lat":23.10}]'), exact),
  ).toEqual([{ quantity: "50.10" }, { quantity: "100" }, { quantity: "7.00" }, { lat: 23.1 }]);
});

test("fractions with many digits stay numbers outside exact keys", () => {
  expect(readJson(bytes("[23.129100000000000001]"))).toEqual([23.1291]);
});

test("a member named __proto__ changes no prototype and is left out", () => {
  const value = readJson(bytes('{"__proto__":{"isAdmin":true},"a":{"__proto__":1}}'));
  expect(value).toEqual({ a: {} });
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Reflect.get(value as object, "isAdmin")).toBeUndefined();
});

test("what is no UTF-8 or no JSON is refused", () => {
  expect(() => readJson(new Uint8Array([0x22, 0xb0, 0xa2, 0x22]))).toThrow();
  expect(() => readJson(bytes('{"a":'))).toThrow();
  expect(() => readJson(bytes(`${"[".repeat(200_000)}${"]".repeat(200_000)}`))).toThrow();
});

test("any JSON value without exotic numbers reads as the runtime reads it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      const expected = JSON.parse(text, (key, member) => {
        if (key === "__proto__") return undefined;
        const isLong =
          typeof member === "number" && Number.isInteger(member) && !Number.isSafeInteger(member);
        return isLong && /^-?\d+$/.test(String(member)) ? String(member) : member;
      });
      expect(readJson(bytes(text))).toEqual(expected);
    }),
  );
});
