import { fork } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SearchBudget } from "../solve-instance.ts";
import type { Subject } from "./find-subjects.ts";
import type { EngineRun } from "./row.ts";

const child = join(import.meta.dirname, "measure-child.ts");

/** Compiled once as an installed package is, so that no run pays for the types in the sources. */
const compileCache = join(tmpdir(), "waybill-bench-compiled");

/** A run that takes so many seconds more than its budget has hung. */
const patienceSeconds = 120;

/** Solves an instance in a process of its own. Rejects when the process ends without a measurement. */
export function runEngine(
  { name, path, bestKnown, source }: Subject,
  budget: SearchBudget & { timeLimitSeconds: number },
  signal: AbortSignal,
): Promise<EngineRun> {
  const entry = { name, path, bestKnown, source };
  const running = fork(child, [JSON.stringify({ entry, budget })], {
    serialization: "advanced",
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    timeout: 1000 * (budget.timeLimitSeconds + patienceSeconds),
    killSignal: "SIGKILL",
    signal,
  });
  return new Promise((resolve, reject) => {
    let result: EngineRun | undefined;
    let complaint = "";
    running.stderr?.setEncoding("utf8").on("data", (text: string) => {
      complaint += text;
    });
    running.on("message", (message: EngineRun) => {
      result = message;
    });
    running.on("error", reject);
    running.on("close", (code, killedBy) => {
      if (result) resolve(result);
      else reject(new Error(`${name}: ${lastWords(complaint) ?? `the run ended with ${killedBy ?? code}`}`));
    });
  });
}

/** The line of a stack trace that says what is wrong. */
function lastWords(complaint: string): string | undefined {
  const lines = complaint.split("\n").map((line) => line.trim());
  return lines.find((line) => /^\w*(Error|Failure):/.test(line)) ?? lines.find((line) => line !== "");
}
