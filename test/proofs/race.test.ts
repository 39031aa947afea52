import { expect, test, vi } from "vitest";
import { faultsOf } from "./compare-holdings.ts";
import { runRace } from "./race/race.ts";

// Eight processes start first; `npm run prove -- race` is the full form.
vi.setConfig({ testTimeout: 300_000 });

test.each([
  { mode: "same confirmation", rounds: 3 },
  { mode: "no confirmation", rounds: 2 },
] as const)(
  "eight processes that dispatch a plan at once ($mode) make one set of jobs and all tell it",
  async (race) => {
    const rounds = await runRace({ ...race, processes: 8 });
    expect(rounds).toHaveLength(race.rounds);
    expect(rounds.filter((round) => faultsOf(round).length > 0)).toEqual([]);
  },
);
