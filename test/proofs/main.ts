import { parseArgs } from "node:util";
import { crash } from "./crash/crash.ts";
import { life } from "./life/life.ts";
import { race } from "./race/race.ts";

const help = `Usage: npm run prove -- crash | race | life [options]

Proofs against the real server and the vendors' sandbox, longer than tests may take.

  crash   the server is killed (SIGKILL) around every write, started again and called again until it is through
    --kills N      so many kills (default: 200 in dispatches of five routes, 50 in imports and in robots' orders)
    --only NAME    plan, routes or robot
  race    eight processes on one state dispatch one plan at once
    --rounds N     so often in each of two modes (default 25)
  life    random lives of plans against a simple model: plan, revise, dispatch, kill, restart, track, release
    --count N      so many (default 200)
    --steps N      of up to so many steps (default 20)
    --replay LIFE  plays one again: what a failure printed, or a file with it
  --seed N    other points and lives (default 1)

Exits with 1 after anything lost, doubled or untrue.
`;

const text = { type: "string" } as const;

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      kills: text,
      only: text,
      rounds: text,
      count: text,
      steps: text,
      replay: text,
      seed: text,
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const whole = (name: "kills" | "rounds" | "count" | "steps" | "seed") => readWhole(name, values[name]);
  const seed = whole("seed") ?? 1;
  const [proof] = positionals;
  if (proof === "crash") return crash({ only: values.only, kills: whole("kills"), seed });
  if (proof === "race") return race({ rounds: whole("rounds") });
  if (proof === "life")
    return life({ count: whole("count") ?? 200, steps: whole("steps") ?? 20, replay: values.replay, seed });
  throw new Error(help);
}

function readWhole(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new Error(`--${name} takes a whole number above 0, not "${given}"`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
