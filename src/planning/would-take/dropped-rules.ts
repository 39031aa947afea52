import type { PlanOptions } from "../../domain/plan.ts";
import type { DroppedRule } from "../../domain/would-take.ts";

/** The options without each rule that is given to anyone, but for `separate_materials`, which materials have. */
export function withoutRules(options: PlanOptions): { rule: DroppedRule; options: PlanOptions }[] {
  const { locks, shipmentRules = [], sameVehicle, differentVehicles, ...rest } = options;
  const groups = { ...(sameVehicle && { sameVehicle }), ...(differentVehicles && { differentVehicles }) };
  const all = { ...rest, locks, shipmentRules, ...groups };
  const has = (isGiven: boolean, rule: DroppedRule, without: PlanOptions) =>
    isGiven ? [{ rule, options: without }] : [];
  return [
    ...has(
      locks.some(({ licensePlate }) => licensePlate !== undefined),
      "vehicle_lock",
      { ...all, locks: locks.map(({ licensePlate: _, ...lock }) => lock) },
    ),
    ...has(
      locks.some(({ position }) => position !== undefined),
      "position_lock",
      { ...all, locks: locks.map(({ position: _, ...lock }) => lock) },
    ),
    ...has(
      locks.some(({ notBefore, notAfter }) => (notBefore ?? notAfter) !== undefined),
      "time_lock",
      { ...all, locks: locks.map(({ notBefore: _, notAfter: __, ...lock }) => lock) },
    ),
    ...has(
      shipmentRules.some(({ onlyVehicles, notVehicles }) => (onlyVehicles ?? notVehicles) !== undefined),
      "only_vehicles",
      {
        ...all,
        shipmentRules: shipmentRules.map(({ onlyVehicles: _, notVehicles: __, ...rule }) => rule),
      },
    ),
    ...has((sameVehicle?.length ?? 0) > 0, "same_vehicle", {
      ...rest,
      locks,
      shipmentRules,
      ...withoutKey(groups, "sameVehicle"),
    }),
    ...has((differentVehicles?.length ?? 0) > 0, "different_vehicles", {
      ...rest,
      locks,
      shipmentRules,
      ...withoutKey(groups, "differentVehicles"),
    }),
  ];
}

type Groups = Pick<PlanOptions, "sameVehicle" | "differentVehicles">;

function withoutKey(groups: Groups, name: keyof Groups): Groups {
  const { [name]: _, ...kept } = groups;
  return kept;
}
