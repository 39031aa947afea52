import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { type Message, readMessage } from "./messages.ts";
import { mainPath, serverEnvironment } from "./server-process.ts";

/** A server process whose pipes the test holds in its own hands. */
export type RawStdio = {
  process: ChildProcessWithoutNullStreams;
  /** Everything that came from stdout, by line. */
  lines: string[];
  stderr: () => string;
  /** Writes a message, or any line at all. */
  send: (message: Message | string) => void;
  /** Writes a message and waits for its answer. */
  ask: (message: Message) => Promise<Message>;
  /** Waits for a message that the server sends by itself. */
  next: (isIt: (message: Message) => boolean) => Promise<Message>;
  /** The exit code, once the process has ended and its pipes are read to their end. */
  ended: Promise<number | null>;
};

/** Starts `waybill` on stdio; it does not outlive the test that calls this. */
export function startRawStdio(env: Record<string, string> = {}): RawStdio {
  const child = spawn(process.execPath, [mainPath], { env: serverEnvironment(env) });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const waiting = new Set<{ isIt: (message: Message) => boolean; take: (message: Message) => void }>();
  createInterface(child.stdout).on("line", (line) => {
    lines.push(line);
    const message = readMessage(line);
    if (!message) return;
    for (const waiter of waiting) {
      if (!waiter.isIt(message)) continue;
      waiting.delete(waiter);
      waiter.take(message);
    }
  });
  const ended = once(child, "close").then(([code]) => code);
  const next = (isIt: (message: Message) => boolean) =>
    Promise.race([
      new Promise<Message>((take) => waiting.add({ isIt, take })),
      ended.then((code) => Promise.reject(new Error(`the server ended with ${code}: ${stderr}`))),
    ]);
  const send = (message: Message | string) =>
    void child.stdin.write(typeof message === "string" ? `${message}\n` : `${JSON.stringify(message)}\n`);
  const ask = (message: Message) => {
    const answer = next(({ id, method }) => method === undefined && id === message.id);
    send(message);
    return answer;
  };
  return { process: child, lines, stderr: () => stderr, send, ask, next, ended };
}
