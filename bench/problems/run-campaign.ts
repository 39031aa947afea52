import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Outcome } from "./try-document.ts";

/** What became of the document of a number. */
export type Trial = { index: number; isBent: boolean; seconds: number } & Outcome;

type Campaign = {
  seed: number;
  count: number;
  /** A document that takes longer has hung, and its process is ended. */
  limitSeconds: number;
  signal: AbortSignal;
  onTrial: (trial: Trial) => void;
  /** The program that tries them: `try-child.ts` when left out. */
  child?: string;
};

const tryChild = join(import.meta.dirname, "try-child.ts");

/** Tries `count` documents in another process, which is started anew after each that kills it or hangs. */
export async function runCampaign(campaign: Campaign): Promise<void> {
  let next = 0;
  while (next < campaign.count && !campaign.signal.aborted) {
    const { reached, lastWords } = await runChild(campaign, next);
    next = reached;
    if (next >= campaign.count || campaign.signal.aborted) return;
    campaign.onTrial({ index: next, isBent: next % 2 === 1, seconds: 0, kind: "fault", detail: lastWords });
    next++;
  }
}

/** Runs until the end or until a document ends the process: then `reached` is that document. */
function runChild(
  { seed, count, limitSeconds, signal, onTrial, child = tryChild }: Campaign,
  from: number,
): Promise<{ reached: number; lastWords: string }> {
  const running = fork(child, [seed, from, count].map(String), {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    signal,
  });
  let reached = from;
  let complaint = "";
  let verdict = "";
  const watchdog = startWatchdog(running, limitSeconds, () => {
    verdict = `no answer within ${limitSeconds} seconds`;
  });
  running.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  running.on("message", (trial: Trial) => {
    watchdog.feed();
    reached = trial.index + 1;
    onTrial(trial);
  });
  return new Promise((resolve) => {
    running.on("error", (error) => {
      verdict = error.message;
    });
    running.on("close", () => {
      watchdog.stop();
      resolve({ reached, lastWords: verdict || complaint.trim() || "the process ended" });
    });
  });
}

function startWatchdog(running: ChildProcess, seconds: number, onHang: () => void) {
  const end = () => {
    onHang();
    running.kill("SIGKILL");
  };
  let timer = setTimeout(end, 1000 * seconds);
  const stop = () => clearTimeout(timer);
  const feed = () => {
    stop();
    timer = setTimeout(end, 1000 * seconds);
  };
  return { feed, stop };
}
