import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toDefinition } from "../../src/commands/tools.ts";
import { readConfig, secretsOf } from "../../src/config/config.ts";
import { failureCodes } from "../../src/domain/failure.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { estimateTokens } from "../../src/tools/answer-size.ts";
import { toolsets } from "../../src/tools/index.ts";
import { bentArguments } from "../support/any-arguments.ts";
import { type CallResult, connectStdio, type TestClient } from "../support/clients.ts";

/** `npm run fuzz` makes 5,000 of each tool; the short form is for every run of the tests. */
const callsPerTool = Number(process.env["FUZZ_CALLS"] ?? 150);
const together = 4;
const patienceMilliseconds = 5_000;

/** Everything but `internal`, which is a mistake of ours whatever was asked. */
const codes = failureCodes.filter((code) => code !== "internal");

let sandbox: Sandbox;
let client: TestClient;
let secrets: string[];
beforeAll(async () => {
  sandbox = await startSandbox({ timeScale: 60 });
  client = await connectStdio("v2 auto", { env: { ...sandbox.environment, WAYBILL_TOOLSETS: "all" } });
  secrets = secretsOf(readConfig(sandbox.environment));
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});

describe.each(Object.values(toolsets).flat())("$name", (tool) => {
  const { inputSchema, outputSchema } = toDefinition(tool);
  const fits = new Ajv2020({ strict: false, validateFormats: false }).compile(outputSchema);

  test(`answers ${callsPerTool} random and bent calls within the contract`, {
    timeout: callsPerTool * 1_000,
  }, async () => {
    const calls = fc.sample(bentArguments(inputSchema), callsPerTool);
    const workers = Array.from({ length: together }, async () => {
      for (let args = calls.pop(); args !== undefined; args = calls.pop()) {
        checkResult(await callInTime(tool.name, withShortPlanning(tool.name, args)), fits, args);
      }
    });
    await Promise.all(workers);
  });
});

/** Planning takes the time that it is given, five seconds unless told otherwise; a call asks for a tenth of one here. */
function withShortPlanning(name: string, args: unknown): Record<string, unknown> {
  const named: Record<string, unknown> = { ...(args as object) };
  const isShortened = name === "plan_load" && typeof named["time_limit_seconds"] !== "string";
  return isShortened ? { ...named, time_limit_seconds: 0.1 } : named;
}

async function callInTime(name: string, args: Record<string, unknown>): Promise<CallResult> {
  const signal = AbortSignal.timeout(patienceMilliseconds);
  try {
    return await client.call(name, args, { signal });
  } catch (error) {
    throw new Error(`${name} gave no answer to ${describeArguments(args)}`, { cause: error });
  }
}

function checkResult(result: CallResult, fits: ValidateFunction, args: unknown): void {
  const seen = JSON.stringify(result);
  const what = `${describeArguments(args)} → ${seen.slice(0, 500)}`;
  expect(fits(result.data), `${what}: ${JSON.stringify(fits.errors)}`).toBe(true);
  expect(result.text, what).not.toBe("");
  expect(estimateTokens(result.text + JSON.stringify(result.data)), what).toBeLessThanOrEqual(10_000);
  expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
  expect(/\bat .*\.[jt]s:\d+/.test(seen), what).toBe(false);
  if (!result.isError) return;
  const { error } = result.data as { error: { code: string } };
  expect(codes, what).toContain(error.code);
}

function describeArguments(args: unknown): string {
  return JSON.stringify(args).slice(0, 1_000);
}
