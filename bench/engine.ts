import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type Findings, findSubjects, type Subject } from "./engine/find-subjects.ts";
import { type EngineOptions, readEngineOptions } from "./engine/options.ts";
import { writeRow, writeSummary } from "./engine/report.ts";
import { type BaselineRun, type EngineRun, type Row, toRow } from "./engine/row.ts";
import { baselineOf, runBaseline } from "./engine/run-baseline.ts";
import { runEngine } from "./engine/run-engine.ts";
import { setWords } from "./engine/sets.ts";
import { summarize } from "./engine/summary.ts";

const help = `Usage: npm run bench -- engine [options] [set or instance...]

Solves instances from their original files, each in a process of its own, and runs the baseline prototype of the same
directory beside each. Every answer is checked by code that knows nothing of the planner. Exits with 1 when an answer
is infeasible or a run fails. Ctrl-C ends it with the rows so far.

Sets: ${setWords.join(" ")} (default: all). Packing alone has its own: npm run bench -- packing.

  --from DIR       directory of instances (default: ../shared/benchmarks beside the repository)
  --budget S       seconds from call to answer, or several as 1,10,60 (default 10)
  --threads N      threads of the engine (default 1; the baseline has one)
  --seed N         another search on another number (default 1)
  --repeat N       so many seeds from there on, and medians of them (default 1)
  --no-baseline    the engine alone
  --json           one JSON document instead of tables

gap and baseline are percent over the best known cost (* measured, not published), over it is the engine's cost over
the baseline's. first is the time to the first plan with every stop, at most 0.25 s too long; cpu the processor time
that the run got, which is less where other programs took theirs; late the answer's delay behind the budget. The
baseline's seconds do not count its set-up.
`;

/** The benchmark behind `npm run bench -- engine`; gives its exit code. */
export async function engine(argv: string[]): Promise<number> {
  const options = readEngineOptions(argv);
  if (typeof options === "string") return refuse(options);
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  if (options.words.includes("packing")) return refuse("Packing is measured by: npm run bench -- packing");
  if (!existsSync(options.from))
    return refuse(`There is no directory ${options.from}; --from DIR names another.`);
  const findings = findSubjects(options.from, options.words);
  tellFindings(findings, options);
  if (findings.unknown.length > 0 || findings.subjects.length === 0) return 2;
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt);
  try {
    const outcome = await measureAll(findings.subjects, options, interruption.signal);
    report(outcome, options);
    if (interruption.signal.aborted) return 130;
    return outcome.failures.length === 0 && outcome.rows.every(({ feasible }) => feasible) ? 0 : 1;
  } finally {
    process.off("SIGINT", interrupt);
  }
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

function tellFindings({ subjects, unknown, unreadable }: Findings, { from }: EngineOptions): void {
  for (const message of unreadable) process.stderr.write(`Left out: ${message}\n`);
  if (unknown.length > 0) {
    process.stderr.write(`Neither a set nor an instance of ${from}: ${unknown.join(", ")}.\n`);
  } else if (subjects.length === 0) {
    process.stderr.write(`${from} holds no such instances.\n`);
  }
}

type Outcome = { rows: Row[]; failures: string[] };

/** Instances one after the other, so that none takes another's time; whatever was measured before an interruption. */
async function measureAll(
  subjects: Subject[],
  options: EngineOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  const rows: Row[] = [];
  const failures: string[] = [];
  const tasks = options.budgets.flatMap((budgetSeconds) =>
    subjects.map((subject) => ({ subject, budgetSeconds })),
  );
  await warmUp(subjects, signal);
  if (!options.json) print(writeRow());
  for (const [index, { subject, budgetSeconds }] of tasks.entries()) {
    if (signal.aborted) break;
    process.stderr.write(`${index + 1} of ${tasks.length}: ${subject.name}, ${budgetSeconds} s\n`);
    try {
      const task = { options, budgetSeconds, signal, failures };
      const row = toRow(subject, budgetSeconds, await measure(subject, task));
      rows.push(row);
      if (!options.json) print(writeRow(row));
    } catch (error) {
      if (signal.aborted) break;
      failures.push(wordsOf(error));
    }
  }
  return { rows, failures };
}

/** A first short run fills the cache of compiled sources, which would else come off the first budget. */
async function warmUp([subject]: Subject[], signal: AbortSignal): Promise<void> {
  const budget = { seed: 1, threads: 1, timeLimitSeconds: 0.01 };
  if (subject) await runEngine(subject, budget, signal).catch(() => {});
}

type Task = { options: EngineOptions; budgetSeconds: number; signal: AbortSignal; failures: string[] };

/** Engine and baseline in turn, seed by seed, so that a busy machine slows both down. */
async function measure(
  subject: Subject,
  { options, budgetSeconds, signal, failures }: Task,
): Promise<{ engine: EngineRun[]; baseline: BaselineRun[] }> {
  const script = options.withBaseline ? baselineOf(options.from, subject.set) : undefined;
  const engine: EngineRun[] = [];
  const baseline: BaselineRun[] = [];
  for (let seed = options.seed; seed < options.seed + options.repeat; seed++) {
    const budget = { seed, threads: options.threads, timeLimitSeconds: budgetSeconds };
    engine.push(await runEngine(subject, budget, signal));
    if (!script) continue;
    try {
      baseline.push(await runBaseline(script, subject, { seconds: budgetSeconds, seed, signal }));
    } catch (error) {
      // A prototype that fails takes nothing away from what the engine did.
      if (!signal.aborted) failures.push(`${subject.name}, baseline: ${wordsOf(error)}`);
    }
  }
  return { engine, baseline };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function report({ rows, failures }: Outcome, options: EngineOptions): void {
  const summaries = summarize(rows);
  const { threads, seed, repeat } = options;
  const machine = { cores: availableParallelism(), node: process.version };
  if (options.json) {
    print(JSON.stringify({ machine, threads, seed, repeat, rows, summaries, failures }, null, 2));
  } else {
    print(`\n${writeSummary()}`);
    for (const summary of summaries) print(writeSummary(summary));
    print(
      `\n${machine.cores} cores, Node ${machine.node}, ${threads} thread(s), seeds ${seed} to ${seed + repeat - 1}`,
    );
  }
  for (const { instance, faults } of rows) {
    for (const fault of faults.slice(0, 5)) process.stderr.write(`${instance}: ${fault}\n`);
  }
  for (const failure of failures) process.stderr.write(`${failure}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
