import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type VendorName, vendorNames } from "../src/domain/failure.ts";
import { observeCalls } from "../test/support/observe-calls.ts";
import { allEvents, observeEvents } from "../test/support/observe-events.ts";
import endpoints from "./endpoints.json" with { type: "json" };

const documentPath = new URL("vendors.md", import.meta.url);

/** What reaches one endpoint of a document: found by making every tool's example calls against the sandbox. */
export type EndpointCoverage = {
  vendor: VendorName;
  /** Method and path as the vendor's document writes them. */
  endpoint: string;
  /** Operations of the typed client, such as `orders.create`. */
  operations: string[];
  tools: string[];
  isInSandbox: boolean;
  /** Test files of the client with a test of this name. */
  tests: string[];
  /** Why it has no operation or tool of its own, where it has none. */
  exception?: string;
};

/** Called with every request's token, or by somebody else than us. */
const exceptions: Record<string, string> = {
  "POST /v1/integration-token": "signs in, before the first call",
  "POST /api/v1/auth/login": "signs in, before the first call",
  "POST /api/v1/auth/refresh": "keeps signed in",
  "POST /api/v1/payments/callback/wechat": "called by the payment house, not by us",
};

/** One row for each endpoint of the five documents, measured. */
export async function measureCoverage(): Promise<EndpointCoverage[]> {
  const { reached, served } = await observeCalls();
  return vendorNames.flatMap((vendor) =>
    endpoints[vendor].map((endpoint) => {
      const exception = exceptions[endpoint];
      return {
        vendor,
        endpoint,
        operations: exception === undefined ? reached.operations(vendor, endpoint) : [],
        tools: exception === undefined ? reached.tools(vendor, endpoint) : [],
        isInSandbox: served(vendor).includes(endpoint),
        tests: testsOf(vendor, endpoint),
        ...(exception !== undefined && { exception }),
      };
    }),
  );
}

/** What a row lacks, in words; empty for a full one. */
export function gapsOf({ operations, tools, isInSandbox, tests, exception }: EndpointCoverage): string[] {
  return [
    operations.length === 0 && exception === undefined && "client",
    tools.length === 0 && exception === undefined && "tool",
    !isInSandbox && "sandbox",
    tests.length === 0 && "test",
  ].filter((gap) => gap !== false);
}

/** A vendor's event: whether it gets from the sandbox to `list_events`, and its tests. */
export type EventCoverage = {
  vendor: VendorName;
  kind: string;
  isInSandbox: boolean;
  tests: string[];
};

/** One row for each callback, topic and announced event of the documents, measured. */
export async function measureEvents(): Promise<EventCoverage[]> {
  const observed = await observeEvents();
  return allEvents.map(({ vendor, kind }) => ({
    vendor,
    kind,
    isInSandbox: observed.some((event) => event.vendor === vendor && event.kind === kind),
    tests: testsOfEvent(vendor, kind),
  }));
}

/** docs/vendors.md as it should stand. */
export async function vendorsDocument(): Promise<string> {
  const [rows, events] = [await measureCoverage(), await measureEvents()];
  const parts = vendorNames.map((vendor) => {
    const own = rows.filter((row) => row.vendor === vendor);
    return [`## ${vendor}`, "", endpointTable(own), ...eventTable(vendor, events)].join("\n");
  });
  return `${introduction}\n\n${parts.join("\n\n")}\n`;
}

const introduction = `# Vendors: what reaches each endpoint

Written by \`npm run docs\`: every tool's example calls are made against the sandbox, and what arrives is noted; then its vendors
do all that they tell of by themselves, and what \`list_events\` shows is noted. A test fails when an endpoint of a vendor's document has no client operation, tool, sandbox
or test, or an event does not arrive. Tests are named by method and path.`;

function endpointTable(rows: EndpointCoverage[]): string {
  const lines = rows.map(({ endpoint, operations, tools, isInSandbox, tests, exception }) => {
    const cells = [
      `\`${endpoint}\``,
      code(operations) || (exception ?? ""),
      code(tools) || (exception === undefined ? "" : "—"),
      isInSandbox ? "yes" : "",
      tests.map((file) => `[${file.split("/").at(-1)}](../${file})`).join(" "),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return ["| endpoint | client | tools | sandbox | test |", "|---|---|---|---|---|", ...lines].join("\n");
}

/** How each vendor's events get here. */
const eventWays: Partial<Record<VendorName, string>> = {
  yunji: "callback to `/webhooks/yunji/{kind}/…`",
  routemate: "polling, till the announced webhooks are there",
  takeout: "WebSocket, and reading at each connection",
};

function eventTable(vendor: VendorName, rows: EventCoverage[]): string[] {
  const events = rows.filter((event) => event.vendor === vendor);
  if (events.length === 0) return [];
  const lines = events.map(({ kind, isInSandbox, tests }) => {
    const cells = [
      `\`${kind}\``,
      eventWays[vendor] ?? "",
      isInSandbox ? "`list_events`" : "",
      isInSandbox ? "yes" : "",
      links(tests),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return ["", "| event | received by | tool | sandbox | test |", "|---|---|---|---|---|", ...lines];
}

function code(names: string[]): string {
  return names.map((name) => `\`${name}\``).join(" ");
}

function links(files: string[]): string {
  return files
    .slice(0, 3)
    .map((file) => `[${file.split("/").at(-1)}](../${file})`)
    .join(" ");
}

function testsOf(vendor: VendorName, endpoint: string): string[] {
  const folders = [`test/providers/${vendor}`, `test/sandbox/${vendor}`];
  const title = new RegExp(
    `(?:test|describe)(?:\\.each)?[^"'\`\\n]*["'\`][^\\n]*${escaped(endpoint)}(?![\\w/{<-])`,
  );
  return folders.flatMap(filesIn).filter((file) => title.test(readFileSync(file, "utf8")));
}

/** Test files in which the vendor's event has its name, and the vendor too: `arrived` is a word of others as well. */
function testsOfEvent(vendor: VendorName, kind: string): string[] {
  const folders = ["test/feeds", "test/following", "test/server", `test/providers/${vendor}`];
  const [event, teller] = [kind, vendor].map((name) => new RegExp(`["'\`/]${escaped(name)}["'\`/.]`));
  return folders.flatMap(filesIn).filter((file) => {
    const text = readFileSync(file, "utf8");
    return event?.test(text) && teller?.test(text);
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file))
    .sort();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

if (import.meta.main) writeFileSync(documentPath, await vendorsDocument());
