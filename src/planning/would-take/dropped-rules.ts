import type { PlanOptions } from "../../domain/plan.ts";
import type { DroppedRule } from "../../domain/would-take.ts";
import { loosen } from "./lock-anew.ts";

/** A rule that is given to anyone, and the options without it. */
export type WithoutRule = { rule: DroppedRule; options: PlanOptions };

/** The options without each rule that is given to anyone, but for `separate_materials`, which materials have. */
export function withoutRules(options: PlanOptions): WithoutRule[] {
  return [...withoutLocks(options), ...withoutOnlyVehicles(options), ...withoutGroups(options)];
}

function withoutLocks(options: PlanOptions): WithoutRule[] {
  const { locks } = options;
  const rules = ["vehicle_lock", "position_lock", "time_lock"] as const;
  return rules.flatMap((rule) => {
    const loose = locks.map((lock) => loosen(lock, rule));
    const isGiven = locks.some((lock, index) => Object.keys(lock).length > Object.keys(loose[index]!).length);
    return isGiven ? [{ rule, options: { ...options, locks: loose } }] : [];
  });
}

function withoutOnlyVehicles(options: PlanOptions): WithoutRule[] {
  const { shipmentRules = [] } = options;
  const isGiven = shipmentRules.some((rule) => (rule.onlyVehicles ?? rule.notVehicles) !== undefined);
  if (!isGiven) return [];
  const loose = shipmentRules.map(({ onlyVehicles: _, notVehicles: __, ...rule }) => rule);
  return [{ rule: "only_vehicles", options: { ...options, shipmentRules: loose } }];
}

function withoutGroups(options: PlanOptions): WithoutRule[] {
  const { sameVehicle, differentVehicles, ...rest } = options;
  const same = sameVehicle
    ? [
        {
          rule: "same_vehicle" as const,
          options: { ...rest, ...(differentVehicles && { differentVehicles }) },
        },
      ]
    : [];
  const different = differentVehicles
    ? [{ rule: "different_vehicles" as const, options: { ...rest, ...(sameVehicle && { sameVehicle }) } }]
    : [];
  return [...same, ...different];
}
