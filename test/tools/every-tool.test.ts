import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toDefinition } from "../../src/commands/tools.ts";
import { vendorNames } from "../../src/domain/failure.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { estimateTokens } from "../../src/tools/answer-size.ts";
import { toolsets } from "../../src/tools/index.ts";
import { connectStdio, type TestClient } from "../support/clients.ts";
import type { ExampleWorld } from "../support/example-calls/example.ts";
import { exampleOf } from "../support/example-calls.ts";

const tools = Object.values(toolsets).flat();
const names = tools.map(({ name }) => name);

let sandbox: Sandbox;
let client: TestClient;
let world: ExampleWorld;
beforeAll(async () => {
  sandbox = await startSandbox({ timeScale: 0 });
  const env = { ...sandbox.environment, WAYBILL_TOOLSETS: "all", WAYBILL_POLL_SECONDS: "0" };
  client = await connectStdio("v2 auto", { env });
  world = { call: client.call, holdings: sandbox.holdings };
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});

test("the server serves every tool that is asked for, in the registry's order", async () => {
  expect((await client.listTools()).map(({ name }) => name)).toEqual(names);
});

test("no two tools share a name, and each name is what the contract allows", () => {
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
});

describe.each(names)("%s", (name) => {
  const tool = tools.find((candidate) => candidate.name === name);
  if (!tool) throw new Error(`no tool ${name}`);

  test("is served as its snapshot says", async () => {
    const served = (await client.listTools()).find((candidate) => candidate.name === name);
    const { name: _, ...definition } = toDefinition(tool);
    expect(served).toMatchObject(definition);
    await expect(`${JSON.stringify(toDefinition(tool), null, 2)}\n`).toMatchFileSnapshot(
      `__snapshots__/${name}.json`,
    );
  });

  test("costs an agent at most 2,500 tokens and 2 KB of description", () => {
    const { outputSchema: _, ...read } = toDefinition(tool);
    expect(estimateTokens(JSON.stringify(read))).toBeLessThanOrEqual(2_500);
    expect(Buffer.byteLength(tool.description)).toBeLessThanOrEqual(2_048);
  });

  test("answers its example with data that fit its own schema, within the size of an answer", async () => {
    const fits = new Ajv2020({ strict: false, validateFormats: false }).compile(
      toDefinition(tool).outputSchema,
    );
    const args = await exampleOf(name, world);
    const question = tool.access === "destroy" ? [await client.call(name, args)] : [];
    const { confirmation } = question[0]?.data ?? {};
    const answer = await client.call(name, confirmation === undefined ? args : { ...args, confirmation });
    for (const result of [...question, answer]) {
      expect(result.text).not.toBe("");
      expect(result.isError, result.text).toBe(false);
      expect(fits(result.data), JSON.stringify(fits.errors)).toBe(true);
      expect(estimateTokens(result.text + JSON.stringify(result.data))).toBeLessThanOrEqual(10_000);
    }
    for (const { data } of question) expect(data["needs_confirmation"]).toBe(true);
    expect(answer.data).not.toHaveProperty("needs_confirmation");
  });

  test("refuses an argument it does not know by its name, and does nothing", async () => {
    const args = await exampleOf(name, world);
    const before = sandbox.requests.length;
    const result = await client.call(name, { ...args, colour_of_truck: "red" });
    expect(result.data).toMatchObject({ error: { code: "invalid_input", fields: ["colour_of_truck"] } });
    expect(sandbox.requests.slice(before)).toEqual([]);
  });

  test("has annotations that are true", async () => {
    const { annotations } = toDefinition(tool);
    const args = await exampleOf(name, world);
    const before = { requests: sandbox.requests.length, held: heldByVendors(), plans: await countPlans() };
    const question = tool.access === "destroy" ? (await client.call(name, args)).data : {};
    if (tool.access === "destroy") expect(heldByVendors()).toEqual(before.held);
    const { confirmation } = question;
    const result = await client.call(name, confirmation === undefined ? args : { ...args, confirmation });
    expect(result.isError, result.text).toBe(false);
    const sent = sandbox.requests.slice(before.requests);
    if (tool.vendor !== undefined && tool.access !== "read" && result.data["repeated"] !== true)
      expect(sent.filter(({ method }) => method !== "GET")).not.toEqual([]);
    if (annotations.readOnlyHint) {
      expect(heldByVendors()).toEqual(before.held);
      expect(await countPlans()).toBe(before.plans);
    }
    if (!annotations.openWorldHint) expect(sent).toEqual([]);
  });
});

function heldByVendors() {
  return vendorNames.map((vendor) => sandbox.holdings(vendor));
}

async function countPlans(): Promise<unknown> {
  return (await client.call("list_plans", { limit: 1 })).data["total"];
}

describe("without credentials", () => {
  const withVendor = tools.filter(({ vendor }) => vendor !== undefined);
  let bare: TestClient;
  beforeAll(async () => {
    bare = await connectStdio("v2 auto", { env: { WAYBILL_TOOLSETS: "all" } });
  });
  afterAll(() => bare.close());

  test.each(withVendor.map(({ name, vendor }) => [name, vendor]))(
    "%s answers that %s is not configured",
    async (name) => {
      const result = await bare.call(name, await exampleOf(name, world));
      expect(result.isError).toBe(true);
      expect(result.data).toMatchObject({
        error: { code: "not_configured", vendor: tools.find((tool) => tool.name === name)?.vendor },
      });
    },
  );
});
