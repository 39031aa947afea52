import type { PlanChange } from "../../../domain/plan-change.ts";
import { inSnakeCase } from "../../../domain/snake-case.ts";
import { rulesOf } from "./read-vehicle-change.ts";

/** Where revise_plan calls a rule of a vehicle otherwise than the domain does, beside its spelling. */
const shortNames: Record<string, string> = {
  maxKilometers: "max_km",
  yuanPerKilometer: "yuan_per_km",
  returnsToStart: "return_to_depot",
};

/** A change as `revise_plan` takes it: rules of a vehicle stand beside its plate; its room is read from the ERP. */
export function toChangeArguments(change: PlanChange): Record<string, unknown> {
  if (change.op !== "set_vehicle") return inSnakeCase(change);
  const { vehicle, rules = rulesOf(vehicle), ...told } = change;
  const named = Object.entries(rules).map(([name, value]) => [shortNames[name] ?? name, value]);
  return inSnakeCase({ ...told, ...Object.fromEntries(named) });
}
