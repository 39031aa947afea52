import { compareHoldings, type Findings, faultsOf } from "../compare-holdings.ts";
import {
  confirmed,
  type DispatchCall,
  dispatchAnswer,
  jobsTold,
  planFiveRoutes,
} from "../five-route-plan.ts";
import type { KillableServer, ToolResult } from "../server/killable-server.ts";
import { openWorld, passMinutesAsNeeded, type World } from "../server/world.ts";

/** Whether all processes hold the same confirmation, or none is asked for. */
export type RaceMode = "same confirmation" | "no confirmation";

export type RaceOptions = {
  mode: RaceMode;
  processes: number;
  rounds: number;
  onRound?: (round: RaceRound) => void;
};

/** What came of one plan that all processes dispatched at once. */
export type RaceRound = Findings & { planId: string };

/** Lets server processes on one state file dispatch one plan at the same time, round after round. */
export async function runRace({ mode, processes, rounds, onRound }: RaceOptions): Promise<RaceRound[]> {
  const world = await openWorld();
  const stopMinutes = passMinutesAsNeeded(world);
  try {
    const environment = { WAYBILL_CONFIRM: mode === "no confirmation" ? "off" : "token" };
    const servers = Array.from({ length: processes }, () => world.start(environment));
    const done: RaceRound[] = [];
    for (let round = 0; round < rounds; round++) {
      const result = await dispatchAtOnce(world, servers, mode);
      done.push(result);
      onRound?.(result);
    }
    return done;
  } finally {
    stopMinutes();
    await world.close();
  }
}

async function dispatchAtOnce(world: World, servers: KillableServer[], mode: RaceMode): Promise<RaceRound> {
  const [first] = servers;
  if (!first) throw new Error("a race takes processes");
  const dispatch = await planFiveRoutes(first);
  const call = mode === "no confirmation" ? dispatch.arguments : await confirmed(first, dispatch);
  const results = await Promise.all(servers.map((server) => server.call("dispatch_plan", call)));
  return judge(world, dispatch, results);
}

function judge({ sandbox }: World, dispatch: DispatchCall, results: (ToolResult | undefined)[]): RaceRound {
  const planId = dispatch.arguments.plan_id;
  const held = sandbox.jobs.filter(({ external_job_id }) => external_job_id.startsWith(planId));
  const truth = Object.fromEntries(
    held.map(({ external_job_id, job_id }) => [external_job_id.slice(planId.length + 1), job_id]),
  );
  const findings = compareHoldings(
    dispatch.jobs,
    held.map(({ external_job_id }) => external_job_id),
  );
  const untold = results.flatMap((result, index) =>
    wrongWith(result, truth).map((what) => `process ${index}: ${what}`),
  );
  return { ...findings, planId, faults: [...findings.faults, ...untold] };
}

function wrongWith(result: ToolResult | undefined, truth: Record<string, string>): string[] {
  if (!result || result.isError) return [result?.text ?? "died"];
  const { status } = dispatchAnswer.parse(result.data);
  const told = jobsTold(result.data);
  const differing = Object.keys(truth).filter((plate) => told[plate] !== truth[plate]);
  return [
    ...(status === "dispatched" ? [] : [`says ${status}: ${result.text}`]),
    ...differing.map((plate) => `says job ${told[plate]} of ${plate}, which is ${truth[plate]}`),
  ];
}

/** Rounds of each mode in the full proof: fifty together. */
const modes: Record<RaceMode, number> = { "same confirmation": 25, "no confirmation": 25 };

const usualProcesses = 8;

/** The whole race; prints what it does and gives the exit code: 1 when anything was lost, doubled or untrue. */
export async function race({ rounds }: { rounds: number | undefined }): Promise<number> {
  let isGood = true;
  for (const mode of ["same confirmation", "no confirmation"] as const) {
    const done = await runRace({
      mode,
      processes: usualProcesses,
      rounds: rounds ?? modes[mode],
      onRound: (round) => {
        for (const fault of faultsOf(round)) process.stdout.write(`  FAULT in ${round.planId}: ${fault}\n`);
      },
    });
    const good = done.filter((round) => faultsOf(round).length === 0).length;
    const sum = (of: (round: RaceRound) => number) => done.reduce((total, round) => total + of(round), 0);
    process.stdout.write(
      `${usualProcesses} processes, ${mode}, ${done.length} rounds: ${good} sets of jobs, ` +
        `${sum(({ lost }) => lost)} lost, ${sum(({ doubled }) => doubled)} doubled.\n`,
    );
    isGood &&= good === done.length;
  }
  return isGood ? 0 : 1;
}
