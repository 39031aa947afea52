import type { App } from "../../src/app.ts";
import { toolsets } from "../../src/tools/index.ts";
import type { TestClient } from "./clients.ts";

const tools = Object.values(toolsets).flat();

/** Calls tools in this process, without a server around them; a failure is thrown. */
export function callToolsOf(app: App): TestClient["call"] {
  return async (name, args) => {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new Error(`no tool ${name}`);
    const { signal } = new AbortController();
    const { data, text } = await tool.run(args, app, { signal, reportProgress: () => {} });
    return { isError: false, data, text, content: [] };
  };
}
