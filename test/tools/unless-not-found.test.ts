import { expect, test } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import { unlessNotFound } from "../../src/tools/unless-not-found.ts";
import { failureOf } from "../support/failures.ts";

const failing = (code: "not_found" | "forbidden" | "timeout") =>
  Promise.reject(new Failure(code, "It failed."));

test("what is there is given, and what is not is undefined", async () => {
  expect(await unlessNotFound(Promise.resolve({ id: 1 }))).toEqual({ id: 1 });
  expect(await unlessNotFound(failing("not_found"))).toBeUndefined();
});

test("other failures pass, but for those that mean the same to the caller", async () => {
  expect((await failureOf(unlessNotFound(failing("forbidden")))).code).toBe("forbidden");
  expect((await failureOf(unlessNotFound(failing("timeout"), "forbidden"))).code).toBe("timeout");
  expect(await unlessNotFound(failing("forbidden"), "forbidden")).toBeUndefined();
  await expect(unlessNotFound(Promise.reject(new Error("a slip")))).rejects.toThrow("a slip");
});
