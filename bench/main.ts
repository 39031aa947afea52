import { engine } from "./engine.ts";
import { packing } from "./packing.ts";
import { problems } from "./problems.ts";
import { promises } from "./promises.ts";
import { quick } from "./quick.ts";
import { revise } from "./revise/revise.ts";
import { server } from "./server/server.ts";

/** The benchmarks, by the word after `npm run bench --`. Each gives its exit code. */
const benchmarks: Record<string, (argv: string[]) => Promise<number>> = {
  engine,
  packing,
  problems,
  promises,
  quick,
  revise,
  server,
};

const [name = "", ...argv] = process.argv.slice(2);
const benchmark = benchmarks[name];
if (benchmark) {
  process.exitCode = await benchmark(argv);
} else {
  process.stderr.write(`Usage: npm run bench -- ${Object.keys(benchmarks).join(" | ")} [options]\n`);
  process.exitCode = 2;
}
