import { expect, test } from "vitest";
import * as z from "zod";
import { Failure } from "../../src/domain/failure.ts";
import { parseArguments } from "../../src/tools/parse-arguments.ts";

const schema = z.strictObject({
  area: z.string().min(1).max(5),
  count: z.number().int().min(1).max(9).optional(),
  model: z.enum(["independent", "shared"]).optional(),
  vehicles: z.array(z.union([z.string(), z.strictObject({ plate: z.string() })])).optional(),
  locks: z.array(z.strictObject({ position: z.number().min(1) })).optional(),
});

function refusal(args: unknown): { message: string; fields: string[] | undefined } {
  try {
    parseArguments(schema, args);
  } catch (thrown) {
    if (thrown instanceof Failure) return { message: thrown.message, fields: thrown.details.fields };
  }
  throw new Error("it was not refused");
}

test("gives good arguments back as the schema reads them", () => {
  expect(parseArguments(schema, { area: "天河" })).toEqual({ area: "天河" });
});

test.each([
  [{}, "area", "`area` is missing: it takes a text."],
  [{ area: 7 }, "area", "`area` takes a text."],
  [{ area: "" }, "area", "`area` takes text of at least 1 characters."],
  [{ area: "天河", count: 10 }, "count", "`count` takes a number of at most 9."],
  [{ area: "天河", model: "both" }, "model", "`model` takes one of independent, shared."],
  [
    { area: "天河", locks: [{ position: 0 }] },
    "locks[0].position",
    "`locks[0].position` takes a number of at least 1.",
  ],
  [
    { area: "天河", place: "x" },
    "place",
    "`place` is not known here; known are area, count, model, vehicles, locks.",
  ],
  [
    { area: "天河", locks: [{ position: 1, plate: "x" }] },
    "locks[0].plate",
    "`locks[0].plate` is not known here (did you mean `plate` in `vehicles`?); known are position.",
  ],
  [{ area: "天河", vehicles: [7] }, "vehicles[0]", "`vehicles[0]` takes a text, or takes an object."],
  [{ area: "天河", vehicles: [{}] }, "vehicles[0].plate", "`vehicles[0].plate` is missing: it takes a text."],
  [
    { area: "天河", vehicles: [{ plate: "x", colour: "red" }] },
    "vehicles[0].colour",
    "`vehicles[0].colour` is not known here; known are plate.",
  ],
  [null, "area", "`area` is missing: it takes a text."],
  ["text", "arguments", "`arguments` takes an object with area, count, model, vehicles, locks."],
])("refuses %j and teaches the right call", (args, field, message) => {
  expect(refusal(args)).toEqual({ message, fields: [field] });
});

test("names at most five problems in words, and keeps hostile names short", () => {
  const stranger = "x\u0007".repeat(500);
  const { message } = refusal({ [stranger]: 1, a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 });
  expect(message).toContain("more fields are wrong");
  expect(message).not.toContain("\u0007");
  expect(message.length).toBeLessThan(1_000);
});
