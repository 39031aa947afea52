import * as z from "zod";
import { Failure } from "../../../domain/failure.ts";
import type { ChangeArguments } from "./change-fields.ts";
import { type Operation, operations } from "./operations.ts";
import { vehicleRuleFields } from "./vehicle-change-fields.ts";

type Field = Exclude<keyof ChangeArguments, "op">;

/** What an op needs (of a list, one of them), what else it takes, and a call that is right. */
type Form = { needs: readonly (readonly Field[])[]; takes: readonly Field[]; example: string };

const who = ["shipment_id", "shipment_ids"] as const;
const vehicleRules = Object.keys(vehicleRuleFields) as (keyof typeof vehicleRuleFields)[];

const forms: Record<Operation, Form> = {
  move: {
    needs: [who, ["license_plate"]],
    takes: ["position", "trip"],
    example: '{op: "move", shipment_id: 17, license_plate: "粤A12345", position: 2}',
  },
  swap: {
    needs: [["shipment_id"], ["with_shipment_id"]],
    takes: [],
    example: '{op: "swap", shipment_id: 17, with_shipment_id: 21}',
  },
  remove: { needs: [who], takes: [], example: '{op: "remove", shipment_ids: [17]}' },
  add: {
    needs: [[...who, "shipment", "shipments"]],
    takes: ["license_plate", "position", "trip"],
    example: '{op: "add", shipment_id: 17, license_plate: "粤A12345"}',
  },
  lock: {
    needs: [[...who, "license_plate"]],
    takes: ["position", "not_before", "not_after"],
    example: '{op: "lock", shipment_id: 17, license_plate: "粤A12345", position: 1}',
  },
  unlock: { needs: [[...who, "license_plate"]], takes: [], example: '{op: "unlock", shipment_id: 17}' },
  reorder: {
    needs: [["license_plate"], ["shipment_ids"]],
    takes: [],
    example: '{op: "reorder", license_plate: "粤A12345", shipment_ids: [21, 17, 18]}',
  },
  split: {
    needs: [["shipment_id"], ["license_plate"], ["items"]],
    takes: ["position", "trip"],
    example:
      '{op: "split", shipment_id: 17, license_plate: "粤A12345", items: [{material: "坯布", quantity: "40"}]}',
  },
  set_vehicle: {
    needs: [
      ["license_plate"],
      ["out_of_service", "new_license_plate", "material_capacities", ...vehicleRules],
    ],
    takes: [],
    example:
      '{op: "set_vehicle", license_plate: "粤A12345", out_of_service: true}; false brings one back, or in from the ERP',
  },
  set_window: {
    needs: [who],
    takes: ["start_at", "end_at"],
    example:
      '{op: "set_window", shipment_id: 17, start_at: "2026-11-23T09:00:00+08:00", end_at: "2026-11-23T11:00:00+08:00"}',
  },
  set_priority: {
    needs: [who, ["priority"]],
    takes: [],
    example: '{op: "set_priority", shipment_id: 17, priority: 90}',
  },
};

/** Refuses a change that lacks what its op needs or has what it does not take; the message teaches the op. */
export function checkForm(change: ChangeArguments, index: number): void {
  const { needs, takes } = forms[change.op];
  const isGiven = (field: Field) => change[field] !== undefined;
  const missing = needs.find((alternatives) => !alternatives.some(isGiven));
  if (missing) {
    const names = missing.length > 4 ? [...missing.slice(0, 3), "a rule of the vehicle"] : missing;
    refuse(change.op, {
      field: `changes[${index}].${missing[0]}`,
      fault: `is missing${names.length > 1 ? `: ${names.join(" or ")}` : ""}`,
    });
  }
  const known = new Set<string>([...needs.flat(), ...takes, "op"]);
  const stranger = Object.entries(change).find(([name, value]) => value !== undefined && !known.has(name));
  if (stranger)
    refuse(change.op, { field: `changes[${index}].${stranger[0]}`, fault: `is not for op ${change.op}` });
  const both = who.every(isGiven);
  if (both)
    refuse(change.op, { field: `changes[${index}].shipment_ids`, fault: "is given beside shipment_id" });
}

/** What the op of a change takes; undefined where it names no op. */
export function describeForm(change: unknown): string | undefined {
  const { op } = z.object({ op: z.unknown() }).catch({ op: undefined }).parse(change);
  const known = operations.find((one) => one === op);
  return known && `${needsOf(known)}, for example ${forms[known].example}`;
}

function needsOf(op: Operation): string {
  const { needs, takes } = forms[op];
  const needed = needs.map((alternatives) =>
    alternatives.length > 5
      ? `what changes of the vehicle (${alternatives.join(", ")})`
      : alternatives.join(" or "),
  );
  const also = takes.length > 0 ? `, and takes ${takes.join(", ")}` : "";
  return `${op} needs ${needed.join(", ")}${also}`;
}

function refuse(op: Operation, { field, fault }: { field: string; fault: string }): never {
  throw new Failure("invalid_input", `\`${field}\` ${fault}: ${needsOf(op)}.`, {
    hint: `For example ${forms[op].example}. Nothing was changed.`,
    fields: [field],
  });
}
