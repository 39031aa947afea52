import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import type * as z from "zod";
import { planAnswer } from "../../tools/planning/plan-fields.ts";
import { version } from "../../version.ts";

export type PlanAnswer = z.output<typeof planAnswer>;
export type ToolAnswer = { text: string; data: unknown };

/** A client's view of a Waybill server that runs as a process of its own. */
export type Session = {
  /** Calls a tool; a failed call is an error with the tool's own words. */
  call: (name: string, args: Record<string, unknown>) => Promise<ToolAnswer>;
  plan: (args: Record<string, unknown>) => Promise<{ text: string; plan: PlanAnswer }>;
  picture: (planId: string, format: "png" | "svg") => Promise<Buffer>;
  close: () => Promise<void>;
};

/** Starts this same package as a server on stdio and connects the official client to it. */
export async function connectToOwnServer(environment: Record<string, string>): Promise<Session> {
  const main = new URL(`../../main${extname(import.meta.filename)}`, import.meta.url);
  const client = new Client({ name: "waybill-demo", version }, { versionNegotiation: { mode: "auto" } });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [fileURLToPath(main)],
      env: { WAYBILL_LOG_LEVEL: "warn", ...environment },
    }),
  );
  const callTool = async (name: string, args: Record<string, unknown>) => {
    const result = await client.callTool({ name, arguments: args });
    const text = result.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
    if (result.isError) throw new Error(`${name}: ${text}`);
    return { text, data: result.structuredContent, content: result.content };
  };
  return {
    call: callTool,
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
    close: () => client.close(),
  };
}

function textOf(contents: ({ text: string } | { blob: string })[]): Buffer {
  return Buffer.from(contents.map((content) => ("text" in content ? content.text : "")).join(""));
}
