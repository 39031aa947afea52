import { expect, test, vi } from "vitest";
import { faultsOf } from "./compare-holdings.ts";
import { runCampaign } from "./crash/campaign.ts";
import { scenarios } from "./crash/crash.ts";

// A server is started after each kill; `npm run prove -- crash` is the full form.
vi.setConfig({ testTimeout: 300_000 });

test.each([
  { name: "plan", kills: 20 },
  { name: "robot", kills: 5 },
])(
  "a server killed $kills times while it writes ($name) loses nothing and doubles nothing",
  async ({ name, kills }) => {
    const { scenario } = scenarios[name] ?? {};
    if (!scenario) throw new Error(`there is no scenario ${name}`);
    const result = await runCampaign({ scenario, kills, seed: 20_261_122 });
    expect(result.kills).toBeGreaterThanOrEqual(kills);
    expect(result.trials.filter((trial) => faultsOf(trial).length > 0)).toEqual([]);
  },
);
