import type * as z from "zod";
import { Failure } from "../../../domain/failure.ts";
import type { PlanOptions, ShipmentRule } from "../../../domain/plan.ts";
import type { Vehicle, VehicleRules } from "../../../domain/vehicle.ts";
import { hasCosts } from "../../../planning/prepare/money.ts";
import type { PlanLoadArguments } from "../plan-load.ts";
import type { shipmentRule, vehicleRule } from "./rule-fields.ts";

/** The vehicles with what the rules say of them: of two rules on one matter the later one holds. */
export function applyVehicleRules(
  vehicles: readonly Vehicle[],
  rules: PlanLoadArguments["vehicle_rules"] = [],
): Vehicle[] {
  const known = new Set(vehicles.map(({ licensePlate }) => licensePlate));
  for (const [index, { license_plates: plates = [] }] of rules.entries()) {
    const stranger = plates.findIndex((plate) => !known.has(plate));
    if (stranger >= 0) refusePlate(`vehicle_rules[${index}].license_plates[${stranger}]`, plates[stranger]!);
  }
  return vehicles.map((vehicle) => {
    const own = rules.filter(
      ({ license_plates: plates }) => plates === undefined || plates.includes(vehicle.licensePlate),
    );
    return own.reduce<Vehicle>((ruled, rule) => joinRules(ruled, toVehicleRules(rule)), vehicle);
  });
}

/** An own end and "returns to its start" are two answers to one question. */
function joinRules({ end, returnsToStart, ...vehicle }: Vehicle, rules: VehicleRules): Vehicle {
  const isAnswered = rules.end !== undefined || rules.returnsToStart !== undefined;
  const kept = {
    ...(end !== undefined && { end }),
    ...(returnsToStart !== undefined && { returnsToStart }),
  };
  return { ...vehicle, ...(!isAnswered && kept), ...rules };
}

/** What a rule says of its vehicles, in the planner's spelling. */
export function toVehicleRules(rule: z.output<typeof vehicleRule>): VehicleRules {
  return withoutUndefined({
    shiftStart: rule.shift_start,
    shiftEnd: rule.shift_end,
    breaks: rule.breaks,
    start: rule.start,
    end: rule.end,
    returnsToStart: rule.return_to_depot,
    fixedYuan: rule.fixed_yuan,
    yuanPerKilometer: rule.yuan_per_km,
    yuanPerHour: rule.yuan_per_hour,
    maxTrips: rule.max_trips,
    reloadMinutes: rule.reload_minutes,
    maxKilometers: rule.max_km,
    maxMinutes: rule.max_minutes,
    maxStops: rule.max_stops,
  });
}

/** The options that rules on shipments make. */
export function readShipmentRules(
  input: PlanLoadArguments,
): Pick<
  PlanOptions,
  "priorities" | "shipmentRules" | "sameVehicle" | "differentVehicles" | "separateMaterials"
> {
  const { shipment_rules: rules = [], same_vehicle, different_vehicles, separate_materials } = input;
  const fromRules = rules.flatMap(({ shipment_ids, priority }) =>
    priority === undefined ? [] : shipment_ids.map((shipmentId) => ({ shipmentId, priority })),
  );
  const listed = (input.priorities ?? []).map(({ shipment_id, priority }) => ({
    shipmentId: shipment_id,
    priority,
  }));
  return {
    priorities: [...listed, ...fromRules],
    ...(rules.length > 0 && { shipmentRules: rules.map(toShipmentRule) }),
    ...(same_vehicle && { sameVehicle: same_vehicle }),
    ...(different_vehicles && { differentVehicles: different_vehicles }),
    ...(separate_materials && { separateMaterials: separate_materials }),
  };
}

function toShipmentRule(rule: z.output<typeof shipmentRule>): ShipmentRule {
  const { shipment_ids: shipmentIds } = rule;
  const more = withoutUndefined({
    onlyVehicles: rule.only_vehicles,
    notVehicles: rule.not_vehicles,
    readyAt: rule.ready_at,
    serviceMinutes: rule.service_minutes,
    penaltyYuan: rule.penalty_yuan,
    lateYuanPerHour: rule.late_yuan_per_hour,
  });
  return { shipmentIds, ...more };
}

/** What a plan makes small: where any price is given and nothing is asked for, it is the cost. */
export function readObjective(
  { objective, shipment_rules: rules = [] }: PlanLoadArguments,
  vehicles: readonly Vehicle[],
): PlanOptions["objective"] {
  const priced = rules.findIndex((rule) => rule.penalty_yuan ?? rule.late_yuan_per_hour);
  const arePriced = vehicles.some(hasCosts);
  if (!arePriced && (objective === "lowest_cost" || priced >= 0)) {
    const field = priced >= 0 ? `shipment_rules[${priced}]` : "objective";
    refuseCosts(field, "weighs yuan, but no vehicle has a cost to weigh them against");
  }
  if (!arePriced) return objective ?? "fewest_vehicles";
  const countsCosts = objective === "lowest_cost" || objective === "fewest_vehicles";
  if (objective !== undefined && !countsCosts) {
    refuseCosts("objective", `is ${objective}, which looks at no costs, but vehicle_rules give some`);
  }
  return objective ?? "lowest_cost";
}

function refuseCosts(field: string, fault: string): never {
  throw new Failure("invalid_input", `\`${field}\` ${fault}.`, {
    hint: "Give fixed_yuan, yuan_per_km or yuan_per_hour in vehicle_rules with objective lowest_cost or fewest_vehicles, or leave all yuan out.",
    fields: [field],
  });
}

function refusePlate(field: string, plate: string): never {
  throw new Failure("invalid_input", `\`${field}\` is ${plate}, which is none of the plan's vehicles.`, {
    hint: "Name vehicles of the plan; list_vehicles gives the license plates.",
    fields: [field],
  });
}

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

function withoutUndefined<Fields extends Record<string, unknown>>(fields: Fields): Defined<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<Fields>;
}
