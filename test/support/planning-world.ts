import { toErrorResult, toFailure, toResult } from "../../src/answers.ts";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { openStore, type Store } from "../../src/state/open-store.ts";
import { toolsets } from "../../src/tools/index.ts";

/** What a tool call gave. */
export type ToolResult = { isError: boolean; text: string; data: Record<string, unknown> };

/** The planning tools in this process, on a store of their own. */
export type PlanningWorld = {
  app: App;
  store: Store;
  call: (name: string, args: Record<string, unknown>, signal?: AbortSignal) => Promise<ToolResult>;
  /** The same, for calls that have to go well. */
  done: (name: string, args: Record<string, unknown>) => Promise<Record<string, unknown>>;
  /** The same, for calls that have to fail: the error. */
  refused: (name: string, args: Record<string, unknown>) => Promise<ToolError>;
  close: () => Promise<void>;
};

/** The structured part of a failed call, and its text. */
export type ToolError = { code: string; message: string; hint: string; fields: string[]; text: string };

/** Opens the world; without an environment no vendor is configured. */
export async function openPlanningWorld(environment: Record<string, string> = {}): Promise<PlanningWorld> {
  const store = await openStore({ location: ":memory:", now: Date.now });
  const created = createApp(readConfig({ WAYBILL_LOG_LEVEL: "silent", ...environment }));
  const app: App = { ...created, store: async () => store };
  const tools = Object.values(toolsets).flat();
  const call: PlanningWorld["call"] = async (name, args, signal = new AbortController().signal) => {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new Error(`no tool ${name}`);
    const result = await tool
      .run(args, app, { signal, reportProgress: () => {} })
      .then(toResult, (error: unknown) => toErrorResult(toFailure(error)));
    const text = result.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
    return { isError: result.isError === true, text, data: { ...(result.structuredContent ?? {}) } };
  };
  return {
    app,
    store,
    call,
    done: async (name, args) => {
      const { isError, text, data } = await call(name, args);
      if (isError) throw new Error(`${name}: ${text}`);
      return data;
    },
    refused: async (name, args) => {
      const { isError, text, data } = await call(name, args);
      if (!isError) throw new Error(`${name} was not refused: ${text}`);
      return { ...(data["error"] as ToolError), text };
    },
    close: async () => {
      await created.close();
      await store.close();
    },
  };
}
