import { afterAll, describe, expect, test } from "vitest";
import { toErrorResult, toFailure, toResult } from "../../src/answers.ts";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import type { VendorName } from "../../src/domain/failure.ts";
import type { LoggedRequest } from "../../src/sandbox/request-log.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { openStore } from "../../src/state/open-store.ts";
import { toolsets } from "../../src/tools/index.ts";
import type { CallResult } from "../support/clients.ts";
import { exampleOf } from "../support/example-calls.ts";

const tools = Object.values(toolsets).flat();

/** Sent each time on purpose: a position is worth nothing a minute later. */
const sentEveryTime = ["report_driver_location"];

const writers = tools.filter(
  ({ name, access, vendor }) => access !== "read" && vendor !== undefined && !sentEveryTime.includes(name),
);

const faults = ["answer_lost", "error_500_after"] as const;

type Row = { tool: string; fault: string; first: string; second: string; sent: number; held: string };
const table: Row[] = [];

afterAll(() => {
  const lines = table.map(({ tool, fault, first, second, sent, held }) =>
    [
      tool.padEnd(26),
      fault.padEnd(16),
      first.padEnd(16),
      second.padEnd(16),
      String(sent).padEnd(5),
      held,
    ].join(" "),
  );
  const head = [
    "tool".padEnd(26),
    "fault".padEnd(16),
    "first call".padEnd(16),
    "same call again ",
    "sent ",
    "more held",
  ];
  process.stdout.write(`\n${[head.join(" "), ...lines].join("\n")}\n`);
});

/**
 * Tools whose vendor takes the same request again for the first one: by an idempotency key (routemate.txt, 幂等性), or
 * because the request names the state that it sets.
 */
const resentSafely = ["import_route", "dispatch_plan", "create_robot_user"];

describe.each(writers.map(({ name, vendor }) => ({ name, vendor })))("$name", ({ name, vendor }) => {
  test.each(faults)(
    "after %s, called again the same way, has one effect at the vendor or says that it can't tell",
    async (fault) => {
      if (vendor === undefined) throw new Error("a writer has a vendor");
      const clean = await cleanWrite(name, vendor);
      await withDay(async ({ sandbox, call }) => {
        const args = await exampleOf(name, { call, holdings: sandbox.holdings });
        const before = { requests: sandbox.requests.length, held: countHoldings(sandbox, vendor) };
        sandbox.addFault({ vendor, endpoint: clean.endpoint, kind: fault });
        const [first, second] = [await call(name, args), await call(name, args)];
        const sent = sandbox.requests
          .slice(before.requests)
          .filter(({ endpoint }) => endpoint === clean.endpoint).length;
        const held = difference(before.held, countHoldings(sandbox, vendor));
        const [one, two] = [verdictOf(first), verdictOf(second)];
        table.push({ tool: name, fault, first: one, second: two, sent, held: held || "nothing" });

        expect(["done", "repeated", "outcome_unknown"], second.text).toContain(two);
        expect(held).toBe(clean.held);
        if (!resentSafely.includes(name) || two === "outcome_unknown") expect(sent).toBe(1);
      });
    },
  );
});

type Day = { sandbox: Sandbox; call: (name: string, args: Record<string, unknown>) => Promise<CallResult> };

/** A sandbox and an app of their own, whose ledger waits a tenth of a second for requests to land. */
async function withDay(work: (day: Day) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ timeScale: 0 });
  const app = createApp(
    readConfig({ ...sandbox.environment, WAYBILL_CONFIRM: "off", WAYBILL_LOG_LEVEL: "silent" }),
  );
  const store = await openStore({ location: ":memory:", now: Date.now, waits: { landingMilliseconds: 100 } });
  try {
    await work({ sandbox, call: callerOf({ ...app, store: async () => store }) });
  } finally {
    await app.close();
    await store.close();
    await sandbox.close();
  }
}

function callerOf(app: App): Day["call"] {
  return async (name, args) => {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new Error(`no tool ${name}`);
    const call = { signal: new AbortController().signal, reportProgress: () => {} };
    const result = await tool
      .run(args, app, call)
      .then(toResult, (error: unknown) => toErrorResult(toFailure(error)));
    const text = result.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
    return {
      isError: result.isError === true,
      text,
      data: Object.fromEntries(Object.entries(result.structuredContent ?? {})),
      content: [],
    };
  };
}

/** Where a tool's example writes, and what one call of it adds at the vendor. */
type CleanWrite = { endpoint: string; held: string };
const cleanWrites = new Map<string, CleanWrite>();

/** The write of a call without faults: the last request that is no read and no sign-in. */
async function cleanWrite(name: string, vendor: VendorName): Promise<CleanWrite> {
  const known = cleanWrites.get(name);
  if (known) return known;
  let clean: CleanWrite | undefined;
  await withDay(async ({ sandbox, call }) => {
    const args = await exampleOf(name, { call, holdings: sandbox.holdings });
    const before = { requests: sandbox.requests.length, held: countHoldings(sandbox, vendor) };
    const result = await call(name, args);
    expect(result.isError, result.text).toBe(false);
    const endpoint = sandbox.requests.slice(before.requests).filter(isWrite).at(-1)?.endpoint;
    if (typeof endpoint !== "string") throw new Error(`${name} writes nowhere`);
    clean = { endpoint, held: difference(before.held, countHoldings(sandbox, vendor)) };
  });
  if (!clean) throw new Error("the day did not begin");
  cleanWrites.set(name, clean);
  return clean;
}

type Counts = Record<string, number>;

function countHoldings(sandbox: Sandbox, vendor: VendorName): Counts {
  const kinds = Object.entries(sandbox.holdings(vendor));
  return Object.fromEntries(kinds.map(([kind, entries]) => [kind, entries.length]));
}

/** `+1 orders +1 payments`; empty where nothing was added. */
function difference(before: Counts, after: Counts): string {
  return Object.entries(after)
    .map(([kind, count]) => ({ kind, more: count - (before[kind] ?? 0) }))
    .filter(({ more }) => more !== 0)
    .map(({ kind, more }) => `${more > 0 ? "+" : ""}${more} ${kind}`)
    .join(" ");
}

function isWrite({ method, path }: LoggedRequest): boolean {
  return method !== "GET" && !/\/(auth\/(login|refresh)|integration-token)$/.test(path);
}

function verdictOf({ isError, data }: CallResult): string {
  if (isError) return (data as { error: { code: string } }).error.code;
  return data["repeated"] === true ? "repeated" : "done";
}
