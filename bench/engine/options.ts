import { join } from "node:path";
import { parseArgs } from "node:util";

/** What `npm run bench -- engine` was asked for. */
export type EngineOptions = {
  help: boolean;
  json: boolean;
  from: string;
  /** Names of sets and instances. */
  words: string[];
  budgets: number[];
  seed: number;
  repeat: number;
  threads: number;
  withBaseline: boolean;
};

const largeSets = join(import.meta.dirname, "../../../shared/benchmarks");

/** The options, or one line on what is wrong with them. */
export function readEngineOptions(args: string[]): EngineOptions | string {
  const value = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = { from: value, budget: value, seed: value, repeat: value, threads: value } as const;
  const flags = { json: flag, help: flag, "no-baseline": flag } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...options, ...flags },
      allowPositionals: true,
    });
    return {
      help: values.help,
      json: values.json,
      from: values.from ?? largeSets,
      words: positionals.length > 0 ? positionals : ["all"],
      budgets: readSeconds(values.budget ?? "10"),
      seed: readWhole("seed", values.seed ?? "1"),
      repeat: readWhole("repeat", values.repeat ?? "1"),
      threads: readWhole("threads", values.threads ?? "1"),
      withBaseline: !values["no-baseline"],
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function readSeconds(text: string): number[] {
  const seconds = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (seconds.every((each) => Number.isFinite(each) && each > 0)) return seconds;
  throw new Error(`--budget takes seconds above 0, such as 1 or 1,10,60, not "${text}"`);
}

function readWhole(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number above 0, not "${text}"`);
}
