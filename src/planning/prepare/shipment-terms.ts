import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import type { PlanOptions, ShipmentRule } from "../../domain/plan.ts";
import { secondsUntil } from "./clock.ts";
import type { ConditionContext } from "./conditions.ts";
import { readGroups } from "./groups.ts";
import { unitsOf, unitsPerSecond } from "./money.ts";
import { keyOf } from "./request.ts";

/** What the rules and groups say of a shipment; a field that is left out says nothing. */
export type ShipmentTerms = {
  /** Indexes of the vehicles that it may ride, ascending. */
  vehicles?: number[];
  /** When it is ready where vehicles start, seconds from the plan's start. */
  readySeconds?: number;
  /** Of unloading it, in place of the plan's minutes a stop. */
  serviceSeconds?: number;
  /** What leaving it out costs, in the search's units of money. */
  penalty?: number;
  /** What a second after its window costs, in the same. */
  lateCostPerSecond?: number;
  /** Number of the group that rides on one vehicle. */
  together?: number;
  /** Number of the group of which no two ride on one vehicle. */
  apart?: number;
};

/** Gathers rules and groups by shipment, by `keyOf` its identifier. Of two rules on one matter the later one holds. */
export function readShipmentTerms(
  options: PlanOptions,
  context: ConditionContext,
): Map<string, ShipmentTerms> {
  const terms = new Map<string, ShipmentTerms>();
  const add = (id: Identifier, more: ShipmentTerms) =>
    terms.set(keyOf(id), { ...terms.get(keyOf(id)), ...more });
  const known = new Set(context.shipmentIds.map(keyOf));
  for (const [index, rule] of (options.shipmentRules ?? []).entries()) {
    const field = `shipment_rules[${index}]`;
    const read = readRule(rule, field, context);
    for (const [place, id] of rule.shipmentIds.entries()) {
      if (!known.has(keyOf(id))) refuse(`${field}.shipment_ids[${place}]`, notAShipment(id));
      add(id, read);
    }
  }
  const same = readGroups(options.sameVehicle, { list: "same_vehicle", known, mayOverlap: true });
  for (const [key, together] of same) add(key, { together });
  const different = readGroups(options.differentVehicles, {
    list: "different_vehicles",
    known,
    mayOverlap: false,
  });
  for (const [key, apart] of different) add(key, { apart });
  return terms;
}

function readRule(rule: ShipmentRule, field: string, context: ConditionContext): ShipmentTerms {
  const vehicles = readVehicles(rule, field, context.licensePlates);
  const { readyAt, serviceMinutes, penaltyYuan, lateYuanPerHour } = rule;
  return {
    ...(vehicles && { vehicles }),
    ...(readyAt !== undefined && {
      readySeconds: secondsUntil(context.clock, readyAt, `${field}.ready_at`),
    }),
    ...(serviceMinutes !== undefined && { serviceSeconds: Math.round(serviceMinutes * 60) }),
    ...(penaltyYuan !== undefined && { penalty: unitsOf(penaltyYuan) }),
    ...(lateYuanPerHour !== undefined && { lateCostPerSecond: unitsPerSecond(lateYuanPerHour) }),
  };
}

function readVehicles(
  { onlyVehicles, notVehicles }: ShipmentRule,
  field: string,
  licensePlates: readonly string[],
): number[] | undefined {
  if (!onlyVehicles && !notVehicles) return undefined;
  const find = (plates: readonly string[], name: string) =>
    plates.map((plate, index) => {
      const vehicle = licensePlates.indexOf(plate);
      if (vehicle < 0)
        refuse(`${field}.${name}[${index}]`, `is ${plate}, which is none of the plan's vehicles.`);
      return vehicle;
    });
  const only = onlyVehicles ? find(onlyVehicles, "only_vehicles") : [...licensePlates.keys()];
  const barred = new Set(find(notVehicles ?? [], "not_vehicles"));
  const left = [...new Set(only)].filter((vehicle) => !barred.has(vehicle)).sort((a, b) => a - b);
  if (left.length === 0) refuse(field, "leaves no vehicle that its shipments may ride.");
  return left;
}

/** What is wrong with an identifier that no shipment has. */
function notAShipment(id: Identifier): string {
  return `is ${id}, which is none of the shipments.`;
}

function refuse(field: string, fault: string): never {
  throw new Failure("invalid_input", `${field} ${fault}`, {
    hint: "Correct the field and call again; nothing was planned.",
    fields: [field],
  });
}
