import { onTestFinished } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { toolsets } from "../../src/tools/index.ts";
import { openCatalogDesk } from "./catalog-desk.ts";
import type { CallResult } from "./clients.ts";
import type { Example, ExampleWorld } from "./example-calls/example.ts";

/** How a write ended, in one word. */
export type Verdict = "done" | "repeated" | "outcome_unknown" | "unavailable";

/** The sandbox, and tools that work on it in this process. */
export type CatalogDay = ExampleWorld & { sandbox: Sandbox };

const tools = Object.values(toolsets).flat();

/** Opens one for the running test. */
export async function openCatalogDay(): Promise<CatalogDay> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const desk = await openCatalogDesk(sandbox.environment);
  const call = async (name: string, args: Record<string, unknown>): Promise<CallResult> => {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new Error(`no tool ${name}`);
    const { data, text } = await desk.call(tool, args);
    return { isError: false, data, text, content: [] };
  };
  return { sandbox, call, holdings: sandbox.holdings };
}

/** Makes a call twice whose first request is met by a fault, and tells how both ended and how often it was sent. */
export async function callTwice(
  { sandbox, ...world }: CatalogDay,
  { name, example, endpoint, kind }: { name: string; example: Example; endpoint: string; kind: FaultAfter },
): Promise<{ verdicts: Verdict[]; sent: number }> {
  const args = await example(world);
  const before = sandbox.requests.length;
  sandbox.addFault({ vendor: "takeout", endpoint, kind });
  const verdicts = [await verdictOf(world.call(name, args)), await verdictOf(world.call(name, args))];
  const sent = sandbox.requests.slice(before).filter((request) => request.endpoint === endpoint);
  return { verdicts, sent: sent.length };
}

/** The faults that this product's writes are tried with. */
export type FaultAfter = "answer_lost" | "error_500_after" | "error_500_before";

async function verdictOf(call: Promise<CallResult>): Promise<Verdict> {
  try {
    return (await call).data["repeated"] === true ? "repeated" : "done";
  } catch (error) {
    const code = error instanceof Failure ? error.code : undefined;
    if (code === "outcome_unknown" || code === "unavailable") return code;
    throw error;
  }
}
