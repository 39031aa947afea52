import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { toErrorResult, toFailure, toResult } from "../../src/answers.ts";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { openStore, type Store } from "../../src/state/open-store.ts";
import { fieldKindOf } from "../../src/state/writes/record-fields.ts";
import { toolsets } from "../../src/tools/index.ts";
import type { Tool } from "../../src/tools/tool.ts";
import type { ExampleWorld } from "../support/example-calls/example.ts";
import { furtherCalls } from "../support/example-calls/further-calls.ts";
import { exampleOf } from "../support/example-calls.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const tools = Object.values(toolsets).flat();
const writers = tools.filter(({ access, vendor }) => access !== "read" && vendor !== undefined);

/** What is told of customers, by the argument that tells it, in words that stand nowhere else. */
const personal: Record<string, unknown> = {
  title: "给赵子龙的路线",
  label: "赵子龙家",
  notes: "密码门 赵子龙",
  address: "常山路77号3栋1402",
  latitude: 23.987654,
  longitude: 113.987654,
  lat: 23.876543,
  lng: 113.876543,
  metadata: { contact: "赵子龙", phone: "13987654321" },
  mobile_phone: "86-13987654321",
  user_name: "赵子龙先生",
  recipient_name: "赵子龙收",
  recipient_phone: "13987654322",
  contact_name: "赵子龙太太",
  contact_phone: "13987654323",
  contact_person: "赵云店长",
  remark: "赵子龙不要香菜",
  reason: "赵子龙不要了",
  content: "赵子龙说好吃",
  nickname: "常山赵子龙",
  uid_key: "13987654324",
  file_name: "zhao-zilong.png",
};

/** Given by examples, for the vendor knows only what it has told; kept in no record either. */
const givenByExamples = ["phone"];

/** Never kept, whatever is configured; a delivery code is too short to be looked for, and is looked up by its name. */
const secrets = ["password", "verification_code"];

/** Every personal member of the arguments, put in also where the example leaves it out. */
function withPersonal(schema: z.core.JSONSchema.BaseSchema, given: unknown): unknown {
  if (Array.isArray(given)) return given.map((member) => withPersonal(itemsOf(schema), member));
  if (typeof given !== "object" || given === null) return given;
  const filled: Record<string, unknown> = { ...given };
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (name in personal) filled[name] = personal[name];
    else if (name in filled)
      filled[name] = withPersonal(property as z.core.JSONSchema.BaseSchema, filled[name]);
  }
  return filled;
}

function itemsOf({ items }: z.core.JSONSchema.BaseSchema): z.core.JSONSchema.BaseSchema {
  return typeof items === "object" && !Array.isArray(items) ? items : {};
}

/** The texts of members with one of these names, at any depth. */
function textsOf(value: unknown, names: readonly string[], isNamed = false): string[] {
  if (typeof value !== "object" || value === null) return isNamed ? [String(value)] : [];
  return Object.entries(value).flatMap(([name, member]) =>
    textsOf(member, names, isNamed || names.includes(name)),
  );
}

type Written = { told: Set<string>; secret: Set<string>; unknown: Set<string>; listed: string };

/** Calls every tool that writes and lists what was written; `location` has the record then. */
async function writeEverything(location: string, recordsPersonal: boolean): Promise<Written> {
  const sandbox = await startSandbox({ timeScale: 0 });
  const app = createApp(
    readConfig({ ...sandbox.environment, WAYBILL_CONFIRM: "off", WAYBILL_LOG_LEVEL: "silent" }),
  );
  const store = await openStore({ location, now: Date.now, recordsPersonal });
  const unknown = new Set<string>();
  const once: Store["writes"]["once"] = (request, steps) => {
    for (const name of namesIn(request.arguments)) if (fieldKindOf(name) === undefined) unknown.add(name);
    return store.writes.once(request, steps);
  };
  const watched = { ...app, store: async () => ({ ...store, writes: { ...store.writes, once } }) };
  const call: ExampleWorld["call"] = async (name, args) => {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new Error(`no tool ${name}`);
    const run = tool.run(args, watched, { signal: new AbortController().signal, reportProgress: () => {} });
    const result = await run.then(toResult, (error: unknown) => toErrorResult(toFailure(error)));
    const data = Object.fromEntries(Object.entries(result.structuredContent ?? {}));
    return { isError: result.isError === true, text: JSON.stringify(result.content), data, content: [] };
  };
  const told = new Set<string>();
  const secret = new Set<string>();
  const world = { call, holdings: sandbox.holdings };
  const isWritten = ([name]: [string, unknown]) => writers.some((tool) => tool.name === name);
  const examples = [
    ...writers.map((tool): [string, () => unknown] => [tool.name, () => exampleOf(tool.name, world)]),
    ...furtherCalls
      .filter(isWritten)
      .map(([name, make]): [string, () => unknown] => [name, () => make(world)]),
  ];
  for (const [name, make] of examples) {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new Error(`no tool ${name}`);
    const example = await make();
    const args = withPersonal(z.toJSONSchema(tool.input, { io: "input", unrepresentable: "any" }), example);
    await call(tool.name, args as Record<string, unknown>);
    for (const text of textsOf(args, [...Object.keys(personal), ...givenByExamples])) told.add(text);
    for (const text of textsOf(args, secrets)) secret.add(text);
  }
  const listed = await listEverything(
    tools.find(({ name }) => name === "list_writes"),
    call,
  );
  await store.close();
  await app.close();
  await sandbox.close();
  return { told, secret, unknown, listed };
}

function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return Object.entries(value).flatMap(([name, member]) =>
    // Names in free data are data.
    fieldKindOf(name) === "personal" ? [name] : [name, ...namesIn(member)],
  );
}

async function listEverything(tool: Tool | undefined, call: ExampleWorld["call"]): Promise<string> {
  if (!tool) throw new Error("list_writes is missing");
  const pages: string[] = [];
  let cursor: unknown;
  do {
    const { text, data, isError } = await call(tool.name, {
      limit: 50,
      ...(cursor !== undefined && { cursor }),
    });
    expect(isError, text).toBe(false);
    pages.push(text, JSON.stringify(data));
    cursor = data["next_cursor"];
  } while (cursor !== undefined);
  return pages.join("\n");
}

/** All that the file holds of writes, or all but the outcomes. */
function recordIn(location: string, without: string[] = []): string {
  const database = new DatabaseSync(location, { readOnly: true });
  const rows = database.prepare("select * from writes").all();
  database.close();
  return JSON.stringify(rows, (name, value) => (without.includes(name) ? undefined : value));
}

function found(texts: Iterable<string>, where: string): string[] {
  return [...texts].filter((text) => where.includes(JSON.stringify(text).slice(1, -1)));
}

describe("the record of every tool that writes", () => {
  test("holds and tells no personal data of customers, and no secret", async () => {
    const location = join(temporaryFolder(), "waybill.db");
    const { told, secret, unknown, listed } = await writeEverything(location, false);
    expect(told.size).toBeGreaterThan(20);
    expect(secret.size).toBeGreaterThan(1);
    expect(recordIn(location)).toContain('deliveryCode\\":\\"[secret]');
    expect(found([...told, ...secret], listed)).toEqual([]);
    expect(found([...told, ...secret], recordIn(location, ["outcome"]))).toEqual([]);
    expect([...unknown]).toEqual([]);
    for (const { name } of writers.filter(({ name }) => name !== "report_driver_location"))
      expect(listed).toContain(`"tool":"${name}"`);
  });

  test("loses what vendors answered of customers a day later", async () => {
    const location = join(temporaryFolder(), "waybill.db");
    const { told } = await writeEverything(location, false);
    expect(found(told, recordIn(location))).not.toEqual([]);
    const later = await openStore({ location, now: () => Date.now() + 25 * 60 * 60_000 });
    await later.close();
    expect(withoutNamed(location)).toEqual(expect.any(String));
    expect(found(told, withoutNamed(location))).toEqual([]);
  });

  test("holds it with WAYBILL_RECORD_PERSONAL=1, but no secret, and loses it when that is taken back", async () => {
    const location = join(temporaryFolder(), "waybill.db");
    const { told, secret, listed } = await writeEverything(location, true);
    const kept = recordIn(location, ["outcome"]);
    expect(found(told, kept)).toEqual([...told]);
    expect(found(told, listed).length).toBeGreaterThan(15);
    expect(found(secret, kept + listed)).toEqual([]);
    const reopened = await openStore({ location, now: Date.now });
    onTestFinished(() => reopened.close());
    expect(found(told, recordIn(location, ["outcome"]))).toEqual([]);
  });
});

/** Writes under a name of the caller's own may be repeated at any time, so that their answers stay. */
function withoutNamed(location: string): string {
  const database = new DatabaseSync(location, { readOnly: true });
  const rows = database.prepare("select * from writes where requestId is null").all();
  database.close();
  return JSON.stringify(rows);
}
