import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { gapsOf, measureCoverage, measureEvents, vendorsDocument } from "../../docs/vendor-table.ts";

test("every endpoint of the five documents has a client operation, a tool, a sandbox and a test", async () => {
  const gaps = (await measureCoverage()).flatMap((row) =>
    gapsOf(row).map((gap) => `${row.vendor} ${row.endpoint} has no ${gap}`),
  );
  expect(gaps).toEqual([]);
});

test("every callback, topic and announced event gets from the sandbox to list_events, and is tested", async () => {
  const gaps = (await measureEvents()).flatMap(({ vendor, kind, isInSandbox, tests }) => [
    ...(isInSandbox ? [] : [`${vendor} ${kind} does not arrive`]),
    ...(tests.length > 0 ? [] : [`${vendor} ${kind} has no test`]),
  ]);
  expect(gaps).toEqual([]);
});

test("docs/vendors.md is as the code stands; npm run docs writes it", async () => {
  expect(readFileSync("docs/vendors.md", "utf8")).toBe(await vendorsDocument());
});
