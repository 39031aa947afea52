import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { openStore } from "../../../src/state/open-store.ts";
import { type KillableServer, startKillableServer } from "../server/killable-server.ts";
import { openVendorGate, type VendorGate } from "../server/vendor-gate.ts";
import { type Blow, type BlowMaker, blowsOf } from "./blows.ts";
import type { Attempt, Scenario, Stage } from "./scenario.ts";

/** One attempt through which the server was killed. */
export type Trial = {
  /** What sort of place it was killed at first. */
  kind: string;
  /** Where, each time. */
  killedAt: string[];
  lost: number;
  doubled: number;
  faults: string[];
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

/** Vendors count requests by the minute; between attempts one passes. */
const pauseSeconds = 61;

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

/** The vendors, the door before them, the state file, and the server process that lives at the moment. */
type World = {
  stage: Stage;
  gate: VendorGate;
  server: () => KillableServer;
  close: () => Promise<void>;
};

async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-crash-"));
  const location = join(folder, "state.sqlite");
  const sandbox = await startSandbox({ timeScale: 0 });
  const gate = await openVendorGate(sandbox.url);
  const store = await openStore({ location, now: Date.now });
  const environment = Object.fromEntries(
    Object.entries(sandbox.environment).map(([name, value]) => [name, value.replace(sandbox.url, gate.url)]),
  );
  const start = () =>
    startKillableServer({ ...environment, WAYBILL_STATE: location, WAYBILL_POLL_SECONDS: "0" });
  let server = start();
  return {
    stage: { sandbox, store },
    gate,
    server: () => {
      if (!server.isAlive()) server = start();
      return server;
    },
    close: async () => {
      if (server.isAlive()) await server.close();
      await store.close();
      await gate.close();
      await sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The first attempt opens what later ones find open; the second is counted. */
async function countPoints(world: World, scenario: Scenario): Promise<number> {
  const counts: number[] = [];
  for (const _ of [1, 2]) {
    const attempt = await scenario.prepare(world.stage, world.server());
    await world.server().arm(0);
    const told = await attempt.call(world.server());
    if (!told?.isThrough) throw new Error(`${scenario.name} fails undisturbed: ${told?.text}`);
    counts.push((await world.server().crossings()).length);
    world.stage.sandbox.advance(pauseSeconds);
  }
  return counts.at(-1) ?? 0;
}

async function tryOnce(world: World, scenario: Scenario, makeBlow: BlowMaker): Promise<Trial> {
  const { stage, gate } = world;
  const attempt = await scenario.prepare(stage, world.server());
  const blow = makeBlow({ gate, writes: scenario.writes });
  const killedAt: string[] = [];
  const obstacle = await callUntilThrough(world, attempt, { blow, killedAt });
  gate.forget();
  await blow.end();
  const findings = await attempt.check(world.server());
  stage.sandbox.advance(pauseSeconds);
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
