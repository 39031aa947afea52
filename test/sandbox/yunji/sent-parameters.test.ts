import fc from "fast-check";
import { expect, test } from "vitest";
import { readNested, readNumber, readParameters } from "../../../src/sandbox/yunji/sent-parameters.ts";

const read = (body: string) =>
  readParameters({
    method: "POST",
    url: new URL("http://127.0.0.1/yunji/"),
    parameters: {},
    query: new URLSearchParams(),
    headers: { "content-type": "application/json; charset=utf-8" },
    body,
    bytes: Buffer.from(body),
    clockOffsetMilliseconds: 0,
  });

test("each member is read as it was sent, however the body is spaced", () => {
  const bodies = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
  fc.assert(
    fc.property(bodies, fc.constantFrom("", " ", "\t", "\n  "), (members, space) => {
      const names = Object.keys(members);
      const parameters = read(JSON.stringify(members, null, space));
      expect(new Set(parameters?.keys())).toEqual(new Set(names));
      for (const name of names) {
        const value = members[name];
        const text = typeof value === "string" ? value : JSON.stringify(value);
        expect(parameters?.get(name)?.text).toBe(value === null ? "" : text);
      }
    }),
  );
});

test("numbers keep their digits, outside and inside of nested values", () => {
  const parameters = read(
    '{ "orderSN": 9223372036854775807, "amount": 12.0, "list": [ 12.50, { "n": 1e2 } ] }',
  );
  expect(parameters?.get("orderSN")?.text).toBe("9223372036854775807");
  expect(parameters?.get("amount")?.text).toBe("12.0");
  expect(parameters?.get("list")?.text).toBe('[12.50,{"n":1e2}]');
  expect(parameters && readNumber(parameters, "amount")).toBe("12.0");
  expect(parameters && readNested(parameters, "list")).toEqual([12.5, { n: 100 }]);
});

test.each(["", "[]", "null", "7", '"text"', "{", '{"a":1,}'])("%j is no body", (body) => {
  expect(read(body)).toBeUndefined();
});
