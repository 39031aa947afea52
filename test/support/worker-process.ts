import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { WorkerCommand } from "./state-worker.ts";

/** A real process with a store of its own, driven by a test. */
export type WorkerProcess = {
  /** Runs a command and gives its value; rejects with `{code, message}` of its failure. */
  ask: (command: WorkerCommand) => Promise<unknown>;
  /** Resolves when the process hangs where it was told to, such as after the vendor's answer, before its record. */
  answered: Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill: () => Promise<void>;
};

type WorkerMessage = { id?: number; event?: "up" | "answered"; value?: unknown; failure?: unknown };

/** Starts such a process, which ends with the test at the latest. */
export async function startWorker(): Promise<WorkerProcess> {
  const script = fileURLToPath(new URL("./state-worker.ts", import.meta.url));
  const child = fork(script, { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  const up = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  child.on("message", ({ id, event, value, failure }: WorkerMessage) => {
    if (event === "up") up.resolve();
    if (event === "answered") answered.resolve();
    if (id === undefined) return;
    if (failure === undefined) pending.get(id)?.resolve(value);
    else pending.get(id)?.reject(failure);
  });
  await Promise.race([up.promise, gone(child)]);
  let asked = 0;
  return {
    ask: (command) => {
      const answer = Promise.withResolvers<unknown>();
      asked++;
      pending.set(asked, answer);
      child.send({ id: asked, command });
      return answer.promise;
    },
    answered: answered.promise,
    kill: async () => {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Several at once. */
export function startWorkers(count: number): Promise<WorkerProcess[]> {
  return Promise.all(Array.from({ length: count }, () => startWorker()));
}

async function gone(child: ChildProcess): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`The worker ended with ${code} before it was up.`);
}
