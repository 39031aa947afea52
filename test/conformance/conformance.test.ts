import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { createServer } from "../../src/server.ts";
import type { HttpServer } from "../../src/transports/http.ts";
import { startHttpStack } from "../support/http-stack.ts";
import { createFixtureServer } from "./fixture.ts";

const suite = fileURLToPath(import.meta.resolve("@modelcontextprotocol/conformance/dist/index.js"));
const app = createApp(readConfig({ WAYBILL_STATE: ":memory:" }), { writeLog: () => {} });

let fixture: HttpServer;
let waybill: HttpServer;
beforeAll(async () => {
  fixture = await startHttpStack(createFixtureServer);
  waybill = await startHttpStack(() => createServer(app, { transport: "http" }));
});
afterAll(async () => {
  await Promise.all([fixture.close(), waybill.close()]);
  await app.close();
});

/** How many scenarios a server must pass: the sets are frozen, so another number is another suite. */
const requirements = [
  { revision: "2025-11-25", required: 30 },
  { revision: "2026-07-28", required: 37 },
];

test.each(requirements)(
  "the HTTP stack meets every requirement of $revision",
  async ({ revision, required }) => {
    const { code, output } = await runSuite(fixture.url, ["--requirements", revision]);
    const scored = readVerdicts(output).filter(({ name }) => !readUnscored(output).includes(name));
    const checks = scored.reduce((sum, { passed }) => sum + passed, 0);
    console.error(
      `conformance ${revision}: ${scored.length} of ${required} scenarios, ${checks} checks passed`,
    );
    expect(scored.filter(({ isGreen, failed }) => !isGreen || failed > 0)).toEqual([]);
    expect(scored).toHaveLength(required);
    expect(code, output).toBe(0);
  },
  60_000,
);

/** Scenarios that ask for no fixture by name, so that the product itself can be put to them. */
test.each([
  { scenario: "tools-list", revision: "2025-11-25" },
  { scenario: "prompts-list", revision: "2025-11-25" },
  { scenario: "resources-list", revision: "2025-11-25" },
  { scenario: "tools-list", revision: "2026-07-28" },
  { scenario: "caching", revision: "2026-07-28" },
  { scenario: "sep-2164-resource-not-found", revision: "2026-07-28" },
])("Waybill passes $scenario of $revision", async ({ scenario, revision }) => {
  const options = ["--scenario", scenario, "--spec-version", revision];
  const { code, output } = await runSuite(waybill.url, options);
  expect(output).toMatch(/Passed: (\d+)\/\1, 0 failed, 0 warnings/);
  expect(code, output).toBe(0);
});

async function runSuite(url: string, options: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [suite, "server", "--url", url, ...options]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const [code] = await once(child, "close");
  return { code, output };
}

type Verdict = { name: string; isGreen: boolean; passed: number; failed: number };

/** The lines of the summary, such as `✓ ping: 2 passed, 0 failed`. */
function readVerdicts(output: string): Verdict[] {
  return [...output.matchAll(/^([✓✗]) (\S+): (\d+) passed, (\d+) failed/gm)].map(
    ([, mark, name = "", passed, failed]) => ({
      name,
      isGreen: mark === "✓",
      passed: Number(passed),
      failed: Number(failed),
    }),
  );
}

/** What the suite runs for information alone: extensions, and scenarios that its own server can't pass yet. */
function readUnscored(output: string): string[] {
  return [...output.matchAll(/^ {2}[✓✗] (\S+) \([\w-]+\)$/gm)].map(([, name = ""]) => name);
}
