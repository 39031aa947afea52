import type { Findings } from "../compare-holdings.ts";
import { openWorld, passMinute, type World } from "../server/world.ts";
import { type Blow, type BlowMaker, blowsOf } from "./blows.ts";
import type { Attempt, Scenario } from "./scenario.ts";

/** One attempt through which the server was killed. */
export type Trial = Findings & {
  /** What sort of place it was killed at first. */
  kind: string;
  /** Where, each time. */
  killedAt: string[];
};

/** How much is tried. The seed chooses the points; two out of ten trials kill a second time. */
export type CampaignOptions = {
  scenario: Scenario;
  kills: number;
  seed: number;
  onTrial?: (trial: Trial) => void;
};

/** What a campaign came to: `points` is how many an undisturbed attempt crosses. */
export type CampaignResult = { points: number; kills: number; trials: Trial[] };

/** After a crash the same call is made until it is through; more calls than this mean that it never will be. */
const mostCalls = 12;

/**
 * Kills the real server while it writes at the sandbox, starts it again, makes the same call till it is through, and
 * compares what the vendor holds, what the ledger says and what the call answered.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const world = await openWorld();
  try {
    const points = await countPoints(world, options.scenario);
    const trials: Trial[] = [];
    let kills = 0;
    for (const makeBlow of blowsOf({ ...options, points })) {
      if (kills >= options.kills) break;
      const trial = await tryOnce(world, options.scenario, makeBlow);
      kills += trial.killedAt.length;
      if (trial.killedAt.length === 0 && trial.faults.length === 0) continue;
      trials.push(trial);
      options.onTrial?.(trial);
    }
    return { points, kills, trials };
  } finally {
    await world.close();
  }
}

/** The first attempt opens what later ones find open; the second is counted. */
async function countPoints(world: World, scenario: Scenario): Promise<number> {
  const counts: number[] = [];
  for (const _ of [1, 2]) {
    const attempt = await scenario.prepare(world, world.server());
    await world.server().arm(0);
    const told = await attempt.call(world.server());
    if (!told?.isThrough) throw new Error(`${scenario.name} fails undisturbed: ${told?.text}`);
    counts.push((await world.server().crossings()).length);
    passMinute(world);
  }
  return counts.at(-1) ?? 0;
}

async function tryOnce(world: World, scenario: Scenario, makeBlow: BlowMaker): Promise<Trial> {
  const { gate } = world;
  const attempt = await scenario.prepare(world, world.server());
  const blow = makeBlow({ gate, writes: scenario.writes });
  const killedAt: string[] = [];
  const obstacle = await callUntilThrough(world, attempt, { blow, killedAt });
  gate.forget();
  await blow.end();
  await world.server().arm(0);
  const findings = await attempt.check(world.server());
  passMinute(world);
  const faults = [...findings.faults, ...(obstacle === undefined ? [] : [obstacle])];
  return { kind: blow.kind, killedAt, ...findings, faults };
}

/** Undefined when it came through, else what stood in its way to the last. */
async function callUntilThrough(
  world: World,
  attempt: Attempt,
  { blow, killedAt }: { blow: Blow; killedAt: string[] },
): Promise<string | undefined> {
  let last = "";
  for (let call = 0; call < mostCalls; call++) {
    const server = world.server();
    await blow.prepare(server, call);
    const told = await attempt.call(server);
    if (told === undefined) killedAt.push(server.killedAt() ?? blow.kind);
    if (told?.isThrough) return undefined;
    last = told?.text ?? "the server died";
  }
  return `not through after ${mostCalls} calls: ${last}`;
}
