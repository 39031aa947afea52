import { type Column, formatLine } from "../../../bench/table.ts";
import { faultsOf } from "../compare-holdings.ts";
import { type CampaignResult, runCampaign, type Trial } from "./campaign.ts";
import { dispatchPlan } from "./dispatch-plan.ts";
import { importRoutes } from "./import-routes.ts";
import { robotOrder } from "./robot-order.ts";
import type { Scenario } from "./scenario.ts";

/** The scenarios by the name that --only takes, and how many kills each gets in the full proof. */
export const scenarios: Record<string, { scenario: Scenario; kills: number }> = {
  plan: { scenario: dispatchPlan, kills: 200 },
  routes: { scenario: importRoutes, kills: 50 },
  robot: { scenario: robotOrder, kills: 50 },
};

type CrashOptions = { only: string | undefined; kills: number | undefined; seed: number };

/** The whole crash test; prints what it does and gives the exit code: 1 when anything was lost, doubled or untrue. */
export async function crash({ only, kills, seed }: CrashOptions): Promise<number> {
  const chosen = Object.entries(scenarios).filter(([name]) => only === undefined || name === only);
  if (chosen.length === 0) throw new Error(`--only takes one of ${Object.keys(scenarios).join(", ")}`);
  let isGood = true;
  for (const [, { scenario, kills: usual }] of chosen) {
    const wanted = kills ?? usual;
    say(`${scenario.name}: ${wanted} kills, seed ${seed}`);
    let tried = 0;
    const onTrial = (trial: Trial) => {
      tried += 1;
      if (tried % 20 === 0) process.stderr.write(`${tried} attempts\n`);
      for (const fault of faultsOf(trial)) say(`  FAULT after ${trial.killedAt.join(", then ")}: ${fault}`);
    };
    const result = await runCampaign({ scenario, kills: wanted, seed, onTrial });
    report(result);
    isGood &&= result.trials.every((trial) => faultsOf(trial).length === 0);
  }
  return isGood ? 0 : 1;
}

type Row = { point: string; kills: number; lost: number; doubled: number };

const columns: Column<Row>[] = [
  { heading: "killed", width: 56, align: "left", cell: ({ point }) => point },
  { heading: "kills", width: 5, align: "right", cell: ({ kills }) => String(kills) },
  { heading: "lost", width: 5, align: "right", cell: ({ lost }) => String(lost) },
  { heading: "doubled", width: 7, align: "right", cell: ({ doubled }) => String(doubled) },
];

function report({ points, kills, trials }: CampaignResult): void {
  const rows = new Map<string, Row>();
  for (const { killedAt, lost, doubled } of trials) {
    for (const point of killedAt) {
      const row = rows.get(point) ?? { point, kills: 0, lost: 0, doubled: 0 };
      rows.set(point, {
        ...row,
        kills: row.kills + 1,
        lost: row.lost + lost,
        doubled: row.doubled + doubled,
      });
    }
  }
  say(formatLine(columns));
  for (const row of [...rows.values()].sort((a, b) => a.point.localeCompare(b.point)))
    say(formatLine(columns, row));
  const sum = (of: (trial: Trial) => number) => trials.reduce((total, trial) => total + of(trial), 0);
  say(
    `${kills} kills in ${trials.length} attempts of ${points} points each: ` +
      `${sum(({ lost }) => lost)} lost, ${sum(({ doubled }) => doubled)} doubled, ` +
      `${sum(({ faults }) => faults.length)} other faults.`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
