import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import type { VendorName } from "../../src/domain/failure.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { toolsets } from "../../src/tools/index.ts";
import { callToolsOf } from "./call-tool.ts";
import type { TestClient } from "./clients.ts";
import { furtherCalls } from "./example-calls/further-calls.ts";
import { exampleOf } from "./example-calls.ts";

/** Which endpoints were reached by which client operation and which tool. */
type Reached = {
  operations: (vendor: VendorName, endpoint: string) => string[];
  tools: (vendor: VendorName, endpoint: string) => string[];
};

/** Makes every example call against a sandbox, in this process, and notes what arrives there. */
export async function observeCalls(): Promise<{
  reached: Reached;
  served: (vendor: VendorName) => string[];
}> {
  const sandbox = await startSandbox({ timeScale: 0 });
  const app = createApp(
    readConfig({
      ...sandbox.environment,
      WAYBILL_STATE: ":memory:",
      WAYBILL_CONFIRM: "off",
      WAYBILL_LOG_LEVEL: "silent",
    }),
  );
  try {
    const notes = createNotes(sandbox);
    await makeCalls(watched(app, notes), notes);
    return { reached: notes, served: (vendor) => sandbox.endpoints(vendor) };
  } finally {
    await app.close();
    await sandbox.close();
  }
}

const tools = Object.values(toolsets).flat();

async function makeCalls(app: App, notes: Notes): Promise<void> {
  const callTool = callToolsOf(app);
  const call: TestClient["call"] = (name, args) => notes.duringTool(name, () => callTool(name, args));
  const world = { call, holdings: notes.holdings };
  for (const { name } of tools) await call(name, await exampleOf(name, world));
  for (const [name, example] of furtherCalls) await call(name, await example(world));
}

type Notes = Reached & {
  holdings: Sandbox["holdings"];
  duringTool: <Value>(tool: string, work: () => Promise<Value>) => Promise<Value>;
  duringOperation: <Value>(
    vendor: VendorName,
    operation: string,
    work: () => Promise<Value>,
  ) => Promise<Value>;
};

/** Operations that run side by side can't be told apart by what arrives, so only lone ones are noted. */
function createNotes(sandbox: Sandbox): Notes {
  const byTool = new Map<string, Set<string>>();
  const byOperation = new Map<string, Set<string>>();
  let openOperations = 0;
  let overlaps = 0;

  const arrived = (from: number) =>
    sandbox.requests.slice(from).map(({ vendor, endpoint }) => `${vendor} ${endpoint}`);
  const note = (notes: Map<string, Set<string>>, who: string, endpoints: string[]) => {
    for (const endpoint of endpoints) notes.set(endpoint, (notes.get(endpoint) ?? new Set()).add(who));
  };
  const read = (notes: Map<string, Set<string>>) => (vendor: VendorName, endpoint: string) =>
    [...(notes.get(`${vendor} ${endpoint}`) ?? [])].sort();
  return {
    holdings: sandbox.holdings,
    operations: read(byOperation),
    tools: read(byTool),
    duringTool: async (tool, work) => {
      const from = sandbox.requests.length;
      const value = await work();
      note(byTool, tool, arrived(from));
      return value;
    },
    duringOperation: async (vendor, operation, work) => {
      const from = sandbox.requests.length;
      openOperations += 1;
      if (openOperations > 1) overlaps += 1;
      const overlapsBefore = overlaps;
      try {
        return await work();
      } finally {
        openOperations -= 1;
        if (overlaps === overlapsBefore && openOperations === 0)
          note(
            byOperation,
            operation,
            arrived(from).filter((one) => one.startsWith(`${vendor} `)),
          );
      }
    },
  };
}

/** The app with clients whose operations are noted. */
function watched(app: App, notes: Notes): App {
  const watch = async <Client extends object>(vendor: VendorName, open: () => Promise<Client>) =>
    watchOperations(await open(), (operation, work) => notes.duringOperation(vendor, operation, work));
  return {
    ...app,
    fleet: () => watch("fleet", app.fleet),
    routemate: () => watch("routemate", app.routemate),
    yunji: () => watch("yunji", app.yunji),
    transmit: () => watch("transmit", app.transmit),
    takeout: () => watch("takeout", app.takeout),
  };
}

type Around = (operation: string, work: () => Promise<unknown>) => Promise<unknown>;

function watchOperations<Client extends object>(client: Client, around: Around, prefix = ""): Client {
  return new Proxy(client, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      const path = `${prefix}${String(name)}`;
      if (typeof member === "function")
        return (...args: unknown[]) => around(path, async () => member(...args));
      return typeof member === "object" && member !== null
        ? watchOperations(member, around, `${path}.`)
        : member;
    },
  });
}
