import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { type Message, modernRequest, readMessage } from "../../support/messages.ts";
import { mainPath, serverEnvironment } from "../../support/server-process.ts";
import type { KillOrder, KillReport } from "./kill-points.ts";

/** What a tool said. */
export type ToolResult = { isError: boolean; text: string; data: Record<string, unknown> };

/** A real server process on stdio that can be ended with SIGKILL, from outside or at a point within. */
export type KillableServer = {
  /** Calls a tool; undefined when the process died before it answered. */
  call: (name: string, args: Record<string, unknown>) => Promise<ToolResult | undefined>;
  /** Counts points from now on and dies at this one; 0 only counts. A server that has just died is left at that. */
  arm: (killAt: number) => Promise<void>;
  /** The points crossed since it was armed. */
  crossings: () => Promise<string[]>;
  /** The point at which it ended itself. */
  killedAt: () => string | undefined;
  isAlive: () => boolean;
  kill: () => Promise<void>;
  /** Closes its stdin, on which it ends. */
  close: () => Promise<void>;
};

const preload = new URL("./kill-points.ts", import.meta.url).href;

const toolResult = z.object({
  isError: z.boolean().default(false),
  content: z.array(z.looseObject({ text: z.string().optional() })),
  structuredContent: z.record(z.string(), z.unknown()).default({}),
});

/** Starts the product's own `main.ts` with the points preloaded. */
export function startKillableServer(environment: Record<string, string>): KillableServer {
  const child = spawn(process.execPath, ["--import", fileURLToPath(preload), mainPath], {
    env: serverEnvironment(environment),
    stdio: ["pipe", "pipe", "pipe", "ipc"],
  });
  const { stdin, stdout, stderr } = pipesOf(child);
  const ended = once(child, "exit").then(() => undefined);
  // What is written to a process that has just died is lost with it.
  stdin.on("error", () => {});
  const waiting = new Map<unknown, (message: Message) => void>();
  createInterface(stdout).on("line", (line) => {
    const message = readMessage(line);
    if (message?.method === undefined) waiting.get(message?.id)?.(message as Message);
  });
  let killedAt: string | undefined;
  createInterface(stderr).on("line", (line) => {
    const [, point] = /^killed (.+)$/.exec(line) ?? [];
    if (point === undefined) process.stderr.write(`${line}\n`);
    else killedAt = point;
  });
  const ask = (order: KillOrder) => Promise.race([askOver(child, order), ended]);
  return {
    call: async (name, args) => {
      const message = modernRequest("tools/call", { name, arguments: args });
      const answered = new Promise<Message>((resolve) => waiting.set(message.id, resolve));
      stdin.write(`${JSON.stringify(message)}\n`);
      const answer = await Promise.race([answered, ended]);
      waiting.delete(message.id);
      return answer && toResult(answer);
    },
    arm: async (killAt) => void (await ask({ ask: "arm", killAt })),
    crossings: async () => {
      const report = await ask({ ask: "crossings" });
      return report && "crossings" in report ? report.crossings : [];
    },
    killedAt: () => killedAt,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    close: async () => {
      stdin.end();
      await ended;
    },
  };
}

function toResult({ result, error }: Message): ToolResult {
  if (error) return { isError: true, text: error.message, data: { error: { code: "internal" } } };
  const { isError, content, structuredContent } = toolResult.parse(result);
  return { isError, text: content.map(({ text = "" }) => text).join("\n"), data: structuredContent };
}

async function askOver(child: ChildProcess, order: KillOrder): Promise<KillReport> {
  const answered = once(child, "message");
  // A point can be crossed after the answer too: then nobody is there to be asked.
  child.send(order, () => {});
  const [report] = await answered;
  return report;
}

function pipesOf({ stdin, stdout, stderr }: ChildProcess): {
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
} {
  if (!stdin || !stdout || !stderr) throw new Error("the server has no pipes");
  return { stdin, stdout, stderr };
}
