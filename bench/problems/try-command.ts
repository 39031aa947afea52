import { spawn } from "node:child_process";
import { join } from "node:path";
import { checkDocument } from "../checker/check-document.ts";
import { checkPlanAnswer } from "../checker/check-plan-answer.ts";
import type { Outcome } from "./try-document.ts";

const main = join(import.meta.dirname, "../../src/main.ts");

/** How the command ends for what it can't solve: one line, and this exit code. */
const malformedCode = 2;

/** How the command is run: `isPlan` has it check the plan in the file. */
type Trial = { limitSeconds: number; isPlan?: boolean };

/** Gives a problem file to `waybill solve` itself, as text on its standard input. */
export async function tryCommand(text: string, trial: Trial): Promise<Outcome> {
  const { code, stdout, stderr } = await run(text, trial);
  if (code === malformedCode) {
    const isOneLine = stderr.trim() !== "" && !stderr.includes("    at ");
    const isTold = isOneLine && JSON.parse(stdout).code === malformedCode;
    return { kind: isTold ? "refused" : "fault", detail: stderr.trim() };
  }
  if (code !== 0) return { kind: "fault", detail: `exit code ${code}: ${stderr.trim()}` };
  // A byte order mark is no part of the text.
  const check = trial.isPlan ? checkPlanAnswer : checkDocument;
  const faults = check(JSON.parse(text.replace(/^\ufeff/, "")), JSON.parse(stdout));
  return { kind: faults.length === 0 ? "solved" : "fault", detail: faults.join("; ") };
}

function run(
  text: string,
  { limitSeconds, isPlan = false }: Trial,
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const args = [main, "solve", ...(isPlan ? ["-c"] : ["--iterations", "100"])];
  const running = spawn(process.execPath, args, { timeout: 1000 * limitSeconds, killSignal: "SIGKILL" });
  const heard = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    running[stream].setEncoding("utf8").on("data", (part: string) => {
      heard[stream] += part;
    });
  }
  return new Promise((resolve) => {
    running.on("error", (error) => resolve({ code: error.message, ...heard }));
    running.on("close", (code, signal) => resolve({ code: code ?? signal, ...heard }));
    // A command that refuses early need not read to the end.
    running.stdin.on("error", () => {});
    running.stdin.end(text);
  });
}
