import { readFileSync } from "node:fs";
import fc from "fast-check";
import { openWorld, passMinutesAsNeeded, type World } from "../server/world.ts";
import { playLife } from "./play.ts";
import type { Tally } from "./stage.ts";
import { anyLife, type Life } from "./steps.ts";

export type LifeOptions = {
  count: number;
  seed: number;
  steps: number;
  onLife?: (number: number) => void;
  /** Told of each failing life, the first as it was found and then smaller ones. */
  onBroken?: (broken: BrokenLife) => void;
};

/** The smallest life found in which something is untrue. */
export type BrokenLife = { life: Life; faults: string[] };

/** A failing life is made smaller by playing others, each some seconds long: after so many the smallest is told. */
const mostShrinks = 80;

/** What random lives came to: how often what came about, and the broken one, if there is one. */
export type LivesResult = { tally: Tally; broken: BrokenLife | undefined };

/** Plays random lives against the model. */
export async function runLives({ count, seed, steps, onLife, onBroken }: LifeOptions): Promise<LivesResult> {
  const tally: Tally = new Map();
  const world = await openWorld();
  const stopMinutes = passMinutesAsNeeded(world);
  let broken: BrokenLife | undefined;
  let played = 0;
  let shrinks = 0;
  const property = fc.asyncProperty(anyLife(steps), async (life) => {
    if (broken && ++shrinks > mostShrinks) return;
    const faults = await playLife(world, life, tally);
    onLife?.(++played);
    if (faults.length === 0) return;
    broken = { life, faults };
    onBroken?.(broken);
    throw new Error(faults.join("\n"));
  });
  try {
    await fc.check(property, { numRuns: count, seed });
    return { tally, broken };
  } finally {
    stopMinutes();
    await world.close();
  }
}

/** Plays one life again. */
export async function replayLife(life: Life): Promise<string[]> {
  const world: World = await openWorld();
  const stopMinutes = passMinutesAsNeeded(world);
  try {
    return await playLife(world, life, new Map());
  } finally {
    stopMinutes();
    await world.close();
  }
}

/** The model test by command; gives the exit code. */
export async function life(options: LifeOptions & { replay: string | undefined }): Promise<number> {
  if (options.replay !== undefined) return tell(options.replay);
  const onLife = (number: number) => {
    if (number % 10 === 0) process.stderr.write(`${number} lives\n`);
  };
  // Making it small takes minutes: whoever breaks that off has the first one.
  const onBroken = (found: BrokenLife) => process.stderr.write(`${describe(found)}\n`);
  const { tally, broken } = await runLives({ ...options, onLife, onBroken });
  for (const [name, times] of [...tally].sort(([a], [b]) => a.localeCompare(b)))
    process.stdout.write(`${name.padEnd(50)} ${times}\n`);
  if (!broken) {
    process.stdout.write(
      `${options.count} lives of up to ${options.steps} steps, seed ${options.seed}: all true.\n`,
    );
    return 0;
  }
  process.stdout.write(`${describe(broken)}\n`);
  return 1;
}

async function tell(replay: string): Promise<number> {
  const faults = await replayLife(JSON.parse(replay.startsWith("{") ? replay : readFileSync(replay, "utf8")));
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  if (faults.length === 0) process.stdout.write("Nothing was untrue.\n");
  return faults.length === 0 ? 0 : 1;
}

/** What was untrue, and how to see it again. */
export function describe({ life, faults }: BrokenLife): string {
  return `${faults.join("\n")}\nTo play it again:\nnpm run prove -- life --replay '${JSON.stringify(life)}'`;
}
