import { spawn } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import * as z from "zod";
import { planAnswer } from "../../tools/planning/plan/plan-fields.ts";
import { version } from "../../version.ts";

export type PlanAnswer = z.output<typeof planAnswer>;
export type ToolAnswer = { text: string; data: unknown };

/** A client's view of a Waybill server that runs as a process of its own. */
export type Session = {
  /** Calls a tool; a failed call is an error with the tool's own words. */
  call: (name: string, args: Record<string, unknown>) => Promise<ToolAnswer>;
  /** Calls a tool that has to refuse, and gives its words. */
  refusal: (name: string, args: Record<string, unknown>) => Promise<string>;
  /** Waits until a vendor has told of something by itself, and says what. */
  untilEvent: (event: { vendor: string; kind: string }) => Promise<string>;
  plan: (args: Record<string, unknown>) => Promise<{ text: string; plan: PlanAnswer }>;
  picture: (planId: string, format: "png" | "svg") => Promise<Buffer>;
  close: () => Promise<void>;
};

const eventsAnswer = z.object({ events: z.array(z.unknown()) });

/** What vendors tell by themselves takes its time. */
const waitMilliseconds = 50;
const mostWaits = 300;

/**
 * Starts this same package as a server over HTTP, where vendors can call it back, and connects the official client.
 * `address` is the server's own, without a path.
 */
export async function connectToOwnServer(
  environment: Record<string, string>,
): Promise<Session & { address: string }> {
  const server = await startOwnServer(environment);
  const client = new Client({ name: "waybill-demo", version }, { versionNegotiation: { mode: "auto" } });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  const ask = async (name: string, args: Record<string, unknown>) => {
    const { content, isError, structuredContent } = await client.callTool({ name, arguments: args });
    const text = content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
    return { text, isError, data: structuredContent, content };
  };
  const callTool = async (name: string, args: Record<string, unknown>) => {
    const { text, isError, data, content } = await ask(name, args);
    if (isError) throw new Error(`${name}: ${text}`);
    return { text, data, content };
  };
  return {
    call: callTool,
    refusal: async (name, args) => {
      const { text, isError } = await ask(name, args);
      if (isError) return text;
      throw new Error(`${name} refused nothing: ${text}`);
    },
    untilEvent: async (event) => {
      for (let wait = 0; wait < mostWaits; wait++) {
        const { text, data } = await callTool("list_events", { ...event, limit: 1 });
        if (eventsAnswer.parse(data).events.length > 0) return text;
        await delay(waitMilliseconds);
      }
      throw new Error(`no ${event.kind} arrived`);
    },
    plan: async (args) => {
      const { text, data } = await callTool("plan_load", args);
      return { text, plan: planAnswer.parse(data) };
    },
    picture: async (planId, format) => {
      const { content } = await callTool("render_plan", { plan_id: planId, format });
      for (const block of content) {
        if (block.type === "image") return Buffer.from(block.data, "base64");
        if (block.type === "resource") return textOf([block.resource]);
        if (block.type === "resource_link") {
          return textOf((await client.readResource({ uri: block.uri })).contents);
        }
      }
      throw new Error("render_plan gave no picture");
    },
    address: new URL(server.url).origin,
    close: async () => {
      await client.close();
      await server.stop();
    },
  };
}

/** A server process, once it has said where it serves; what else it says goes on to our own stderr. */
async function startOwnServer(environment: Record<string, string>) {
  const main = fileURLToPath(new URL(`../../main${extname(import.meta.filename)}`, import.meta.url));
  const child = spawn(process.execPath, [main, "--http", "--port", "0"], {
    env: { WAYBILL_LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exited = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      const [, told] = /serves MCP at (\S+)/.exec(line) ?? [];
      if (told === undefined) process.stderr.write(`${line}\n`);
      else resolve(told);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

function textOf(contents: ({ text: string } | { blob: string })[]): Buffer {
  return Buffer.from(contents.map((content) => ("text" in content ? content.text : "")).join(""));
}
