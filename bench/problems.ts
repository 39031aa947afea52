import { parseArgs } from "node:util";
import { bendText } from "./problems/bend-text.ts";
import { createDice } from "./problems/dice.ts";
import { runCampaign, type Trial } from "./problems/run-campaign.ts";
import { tryCommand } from "./problems/try-command.ts";
import { documentOf } from "./problems/try-document.ts";

const help = `Usage: npm run bench -- problems [options]

Random problems in VROOM's format with every constraint mixed, every second one bent: each must be solved so that an
independent checker finds no fault, or be refused with the name of a field. One file in 500 is given to waybill solve
itself, damaged as text. Exits with 1 after any fault.

  --count N     so many problems (default 10000)
  --seed N      other problems (default 1)
  --limit S     a problem that takes longer has hung (default 10)
  --show N      print the problem of this number and end
  --json        one JSON document instead of lines
`;

const filesPerCommand = 500;

type Options = { count: number; seed: number; limitSeconds: number; show: number | undefined; json: boolean };

/** Faults, and how often each end was met: "valid solved", "bent refused" and so on. */
type Tally = { counts: Map<string, number>; faults: Trial[]; slowestSeconds: number };

/** The campaign behind `npm run bench -- problems`; gives its exit code. */
export async function problems(argv: string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === "string") {
    const isHelp = options === help;
    (isHelp ? process.stdout : process.stderr).write(isHelp ? options : `${options}\n`);
    return isHelp ? 0 : 2;
  }
  if (options.show !== undefined) {
    process.stdout.write(`${JSON.stringify(documentOf(options.seed, options.show).document, null, 2)}\n`);
    return 0;
  }
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt);
  try {
    const tally = await runAll(options, interruption.signal);
    report(tally, options);
    if (interruption.signal.aborted) return 130;
    return tally.faults.length === 0 ? 0 : 1;
  } finally {
    process.off("SIGINT", interrupt);
  }
}

async function runAll(options: Options, signal: AbortSignal): Promise<Tally> {
  const { count, seed, limitSeconds } = options;
  const tally: Tally = { counts: new Map(), faults: [], slowestSeconds: 0 };
  const take = (sort: string, trial: Trial) => {
    const name = `${sort} ${trial.kind}`;
    tally.counts.set(name, (tally.counts.get(name) ?? 0) + 1);
    tally.slowestSeconds = Math.max(tally.slowestSeconds, trial.seconds);
    if (trial.kind === "fault") tally.faults.push(trial);
  };
  await runCampaign({
    seed,
    count,
    limitSeconds,
    signal,
    onTrial: (trial) => {
      take(trial.isBent ? "bent" : "valid", trial);
      if ((trial.index + 1) % 1000 === 0) process.stderr.write(`${trial.index + 1} of ${count}\n`);
    },
  });
  for (let index = 0; index < count && !signal.aborted; index += filesPerCommand) {
    const { document, isPlan } = documentOf(seed, index);
    const text = bendText(JSON.stringify(document), createDice(seed + index));
    take("file", { index, isBent: true, seconds: 0, ...(await tryCommand(text, { limitSeconds, isPlan })) });
  }
  return tally;
}

function report({ counts, faults, slowestSeconds }: Tally, { json }: Options): void {
  if (json) {
    const document = { counts: Object.fromEntries(counts), slowestSeconds, faults };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  for (const [name, count] of [...counts].sort()) process.stdout.write(`${name.padEnd(20)} ${count}\n`);
  process.stdout.write(`slowest              ${slowestSeconds.toFixed(2)} s\n`);
  for (const { index, detail } of faults.slice(0, 20)) process.stderr.write(`problem ${index}: ${detail}\n`);
}

function readOptions(args: string[]): Options | string {
  const value = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  try {
    const { values } = parseArgs({
      args,
      options: { count: value, seed: value, limit: value, show: value, json: flag, help: flag },
    });
    if (values.help) return help;
    return {
      count: readWhole("count", values.count ?? "10000"),
      seed: readWhole("seed", values.seed ?? "1"),
      limitSeconds: readWhole("limit", values.limit ?? "10"),
      show: values.show === undefined ? undefined : readWhole("show", values.show),
      json: values.json,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function readWhole(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text) && (name === "show" || Number(text) > 0)) return Number(text);
  throw new Error(`--${name} takes a whole number, not "${text}"`);
}
