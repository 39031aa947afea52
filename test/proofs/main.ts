import { parseArgs } from "node:util";
import { crash } from "./crash/crash.ts";

const help = `Usage: npm run prove -- crash [options]

Proofs against the real server and the vendors' sandbox, longer than tests may take.

  crash   the server is killed (SIGKILL) around every write, started again and called again until it is through
      --kills N      so many kills (default: 200 in dispatches of five routes, 50 in robots' orders)
      --only NAME    routes or robot
  --seed N    other points and sequences (default 1)

Exits with 1 after anything lost, doubled or untrue.
`;

const text = { type: "string" } as const;

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { kills: text, only: text, seed: text, help: { type: "boolean", default: false } },
  });
  const seed = readWhole("seed", values.seed) ?? 1;
  if (values.help) process.stdout.write(help);
  else if (positionals[0] === "crash")
    return crash({ only: values.only, kills: readWhole("kills", values.kills), seed });
  else throw new Error(help);
  return 0;
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
