import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

type Message = { id?: number; result?: Record<string, unknown>; error?: unknown };

/** Calls one method and gives its result. */
export type Rpc = (method: string, params: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** A server under measurement, spoken to without any client library. */
export type MeasuredServer = { rpc: Rpc; process: ChildProcess; stop: () => Promise<void> };

export type ServerCommand = { script: string; args: string[]; env: Record<string, string> };

const initializeParams = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "bench", version: "1" },
};

/** Spawns a server on stdio; resolves with the milliseconds until its first answer. */
export async function startStdio({
  script,
  args,
  env,
}: ServerCommand): Promise<MeasuredServer & { startMilliseconds: number }> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map<number, (message: Message) => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const message: Message = JSON.parse(line);
    waiting.get(message.id ?? -1)?.(message);
  });
  let nextId = 1;
  const rpc: Rpc = (method, params) =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, (message) => {
        waiting.delete(id);
        if (message.result) resolve(message.result);
        else reject(new Error(`${method}: ${JSON.stringify(message.error)}`));
      });
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    });
  await rpc("initialize", initializeParams);
  const startMilliseconds = performance.now() - startedAt;
  child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
  return { rpc, process: child, startMilliseconds, stop: () => stop(child) };
}

/** Spawns a server on HTTP and speaks the newest protocol to it: one request a call, no session. */
export async function startHttp({ script, args, env }: ServerCommand): Promise<MeasuredServer> {
  const child = spawn(process.execPath, [script, "--http", ...args], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const url = await new Promise<string>((resolve) => {
    child.stderr.on("data", (chunk: Buffer) => {
      const [, found] = /serves MCP at (\S+)/.exec(chunk.toString()) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  let nextId = 1;
  const rpc: Rpc = async (method, params) => {
    const name = typeof params["name"] === "string" ? { "Mcp-Name": params["name"] } : {};
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json, text/event-stream",
        "MCP-Protocol-Version": "2026-07-28",
        "Mcp-Method": method,
        ...name,
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: nextId++, method, params: { ...params, _meta: envelope } }),
    });
    const message = (await response.json()) as Message;
    if (message.result) return message.result;
    throw new Error(`${method}: ${response.status} ${JSON.stringify(message.error)}`);
  };
  return { rpc, process: child, stop: () => stop(child) };
}

const envelope = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
  "io.modelcontextprotocol/clientInfo": { name: "bench", version: "1" },
};

/** Resident memory in MB, as the system counts it; undefined where it does not tell. */
export function residentMegabytes({ pid }: ChildProcess): number | undefined {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
