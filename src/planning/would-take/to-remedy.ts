import type { Carried } from "../complete/loads.ts";
import { moneyOf } from "../complete/money-of.ts";
import { scheduleTour } from "../complete/visits.ts";
import { countsMoney } from "../prepare/money.ts";
import { relax } from "./relax.ts";
import type { Remedy } from "./remedies.ts";
import type { Wide } from "./widen.ts";

type Change = Omit<Remedy, "money" | "added">;

/** The change with what it adds to the routes. */
export function toRemedy(wide: Wide, carried: readonly Carried[], change: Change): Remedy {
  const prepared = change.relaxation ? relax(wide.prepared, change.relaxation) : wide.prepared;
  const { options, vehicles } = prepared.request;
  const isPriced = countsMoney(options, vehicles);
  const added = change.tours.map(({ vehicle, stays }) => {
    const after = scheduleTour(prepared, { vehicle, stays });
    const driven = carried[vehicle]!.stays;
    const before = scheduleTour(prepared, { vehicle, stays: [...driven] });
    const moneyBefore = isPriced && driven.length > 0 ? moneyOf(prepared, { vehicle, schedule: before }) : 0;
    return {
      cost: after.cost - (driven.length > 0 ? before.cost : 0),
      money: isPriced ? moneyOf(prepared, { vehicle, schedule: after }) - moneyBefore : 0,
    };
  });
  return {
    ...change,
    money: added.reduce((sum, { money }) => sum + money, 0),
    added: added.reduce((sum, { cost }) => sum + cost, 0),
  };
}
