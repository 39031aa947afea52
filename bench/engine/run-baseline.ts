import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Subject } from "./find-subjects.ts";
import type { BaselineRun } from "./row.ts";
import type { SetName } from "./sets.ts";

/** The prototype that takes the instances of each set; none where no prototype was written. */
const scriptOf: Partial<Record<SetName, string>> = {
  "cvrp-small": "cvrp.mjs",
  "cvrp-middle": "cvrp.mjs",
  "cvrp-large": "cvrp.mjs",
  leuven: "cvrp.mjs",
  antwerp: "cvrp.mjs",
  solomon: "rich.mjs",
  homberger: "rich.mjs",
  hfvrp: "rich.mjs",
  rich: "rich.mjs",
};

const resultSchema = z
  .object({
    best: z.number().optional(),
    cost: z.number().optional(),
    unserved: z.number().default(0),
    ips: z.number(),
  })
  .transform(({ best, cost, unserved, ips }) => ({
    cost: cost ?? best ?? Number.NaN,
    unserved,
    iterationsPerSecond: ips,
  }));

/** Set-up of the largest instances takes the prototype a minute. */
const patienceSeconds = 300;

/** The prototype for a set that a directory of instances comes with, if any. */
export function baselineOf(directory: string, set: SetName): string | undefined {
  const script = join(directory, "baseline", scriptOf[set] ?? "");
  return scriptOf[set] !== undefined && existsSync(script) ? script : undefined;
}

/** Runs the prototype as it is, in a process of its own; its last line is its result. */
export async function runBaseline(
  script: string,
  { path }: Subject,
  { seconds, seed, signal }: { seconds: number; seed: number; signal: AbortSignal },
): Promise<BaselineRun> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, path, `${seconds}`, `${seed}`], {
    signal,
    timeout: 1000 * (seconds + patienceSeconds),
  });
  return resultSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}
