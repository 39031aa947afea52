import { expect, test } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import {
  choiceRule,
  emailRule,
  identifierRule,
  plainTextRule,
  positionRules,
  type Rule,
  refuseWrong,
  wholeNumberRule,
  yuanRule,
} from "../../src/providers/argument-rules.ts";

/** The failure of rules; undefined where nothing is wrong. */
function refusalOf(...rules: Rule[]): Failure | undefined {
  try {
    refuseWrong("yunji", ...rules);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

test("all that is wrong is told at once, by field, and what is right is not", () => {
  const failure = refusalOf([true, "a", "must be 1"], [false, "b", "must be 2"], [true, "c", "must be 3"]);
  expect(failure).toMatchObject({
    code: "invalid_input",
    message: "a must be 1; c must be 3.",
    details: { vendor: "yunji", fields: ["a", "c"] },
  });
  expect(refusalOf([false, "b", "must be 2"])).toBeUndefined();
});

test("of many problems five are told, and their number", () => {
  const rules = Array.from({ length: 60 }, (_, index): Rule => [true, `f${index}`, "is wrong"]);
  const failure = refusalOf(...rules);
  expect(failure?.message).toMatch(/^f0 is wrong; .*f4 is wrong \(and 55 more\)\.$/);
  expect(failure?.details.fields).toHaveLength(50);
});

test.each<[string, Rule[], Rule[]]>([
  [
    "identifier",
    ["1", "房间 1", undefined].map((value) => identifierRule("f", value)),
    ["", " ", "a\nb", "x".repeat(201), "\ud800"].map((value) => identifierRule("f", value)),
  ],
  ["text", [plainTextRule("f", "张三", 5)], [plainTextRule("f", "123456", 5), plainTextRule("f", "\t", 5)]],
  [
    "yuan",
    ["0", "38.00", "1.5", undefined].map((value) => yuanRule("f", value)),
    ["-1", "1.234", "1e3", "", "元"].map((value) => yuanRule("f", value)),
  ],
  [
    "whole number",
    [1, 9, undefined].map((value) => wholeNumberRule("f", value, { from: 1, to: 9 })),
    [0, 10, 1.5, Number.NaN].map((value) => wholeNumberRule("f", value, { from: 1, to: 9 })),
  ],
  ["choice", [choiceRule("f", "a", ["a", "b"])], [choiceRule("f", "c", ["a", "b"])]],
  [
    "e-mail address",
    [emailRule("f", "driver@example.com")],
    ["driver", "a@b", "D <d@example.com>", "a b@c.de"].map((value) => emailRule("f", value)),
  ],
  [
    "position",
    positionRules("f.", { lat: -90, lng: 180 }),
    [...positionRules("f.", { lat: Number.NaN, lng: 180.1 })],
  ],
])("a %s is taken or refused", (_kind, right, wrong) => {
  expect(refusalOf(...right)).toBeUndefined();
  for (const rule of wrong) expect(refusalOf(rule)).toBeDefined();
});
