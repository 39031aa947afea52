import type { Plan } from "../../../src/domain/plan.ts";
import type { Operation } from "../../../src/tools/planning/revise/operations.ts";
import type { ChangeDraft } from "./steps.ts";
import { materials, type Town } from "./town.ts";

/** A change as revise_plan takes it, and what it names. */
export type ResolvedChange = {
  arguments: Record<string, unknown> & { op: Operation };
  shipments: string[];
  plates: string[];
};

type Names = { shipment: string; other: string; plate: string; amount: number; plan: Plan; town: Town };

/** Puts names of a plan in the place of a draft's numbers. */
export function resolveChange(
  draft: ChangeDraft,
  { plan, town }: { plan: Plan; town: Town },
): ResolvedChange {
  const known = plan.shipments.map(({ id }) => String(id));
  const plates = plan.vehicles.map(({ licensePlate }) => licensePlate);
  const shipment = pick(known, draft.shipment);
  const names: Names = {
    shipment,
    other: pick(known, draft.other),
    plate: pick(plates, draft.vehicle),
    amount: draft.amount,
    plan,
    town,
  };
  return {
    arguments: { op: draft.op, ...forms[draft.op](names).arguments },
    ...named(forms[draft.op](names)),
  };
}

type Form = { arguments: Record<string, unknown>; shipments?: string[]; plates?: string[] };

function named({ shipments = [], plates = [] }: Form): Pick<ResolvedChange, "shipments" | "plates"> {
  return { shipments, plates };
}

const forms: Record<Operation, (names: Names) => Form> = {
  move: ({ shipment, plate, amount }) => ({
    arguments: {
      shipment_id: shipment,
      license_plate: plate,
      ...(amount % 2 === 0 && { position: 1 + (amount % 4) }),
    },
    shipments: [shipment],
    plates: [plate],
  }),
  swap: ({ shipment, other }) => ({
    arguments: { shipment_id: shipment, with_shipment_id: other },
    shipments: [shipment, other],
  }),
  remove: ({ shipment }) => ({ arguments: { shipment_ids: [shipment] }, shipments: [shipment] }),
  add: (names) => addForm(names),
  lock: ({ shipment, plate, amount }) =>
    amount % 3 === 0
      ? { arguments: { license_plate: plate }, plates: [plate] }
      : { arguments: { shipment_id: shipment }, shipments: [shipment] },
  unlock: ({ shipment, plate, amount }) =>
    amount % 3 === 0
      ? { arguments: { license_plate: plate }, plates: [plate] }
      : { arguments: { shipment_id: shipment }, shipments: [shipment] },
  reorder: ({ plate, plan, amount }) => {
    const route = plan.routes.find(({ licensePlate }) => licensePlate === plate);
    const order = route?.stops.flatMap(({ shipmentIds }) => shipmentIds.map(String)) ?? [];
    const shift = amount % Math.max(1, order.length);
    const turned = [...new Set([...order.slice(shift), ...order.slice(0, shift)])];
    return { arguments: { license_plate: plate, shipment_ids: turned }, plates: [plate] };
  },
  split: ({ shipment, plate, amount, town }) => {
    const { material = "", quantity = 0 } = town.shipments.find(({ id }) => id === shipment) ?? {};
    const part = 1 + (amount % Math.max(1, quantity));
    return {
      arguments: {
        shipment_id: shipment,
        license_plate: plate,
        items: [{ material, quantity: String(part) }],
      },
      shipments: [shipment],
      plates: [plate],
    };
  },
  set_vehicle: ({ plate, amount }) => ({
    arguments: { license_plate: plate, ...vehicleChange(plate, amount) },
    plates: [plate],
  }),
  set_window: ({ shipment, amount }) => ({
    arguments: {
      shipment_id: shipment,
      ...(amount % 3 !== 0 && { end_at: `2026-11-23T${10 + (amount % 8)}:00:00+08:00` }),
    },
    shipments: [shipment],
  }),
  set_priority: ({ shipment, amount }) => ({
    arguments: { shipment_id: shipment, priority: amount },
    shipments: [shipment],
  }),
};

/** What the plan does not know yet comes whole, what it has left out comes by name. */
function addForm({ shipment, plan, town, plate, amount }: Names): Form {
  const known = new Set(plan.shipments.map(({ id }) => String(id)));
  const strangers = town.shipments.filter(({ id }) => !known.has(id));
  const leftOut = plan.unassigned.map(({ shipmentId }) => String(shipmentId));
  const onto = amount % 2 === 0 ? { license_plate: plate } : {};
  const plates = amount % 2 === 0 ? [plate] : [];
  const stranger = strangers[amount % Math.max(1, strangers.length)];
  if (stranger && amount % 3 !== 0)
    return { arguments: { shipments: [stranger.arguments], ...onto }, shipments: [stranger.id], plates };
  const added = leftOut.length > 0 ? pick(leftOut, amount) : shipment;
  return { arguments: { shipment_ids: [added], ...onto }, shipments: [added], plates };
}

function vehicleChange(plate: string, amount: number): Record<string, unknown> {
  if (amount % 4 === 0) return { out_of_service: amount % 8 === 0 };
  if (amount % 4 === 1) return { new_license_plate: `${plate}${amount}` };
  return { material_capacities: [{ material_name: materials[0], capacity: 20 + 7 * amount }] };
}

export function pick<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % Math.max(1, values.length)];
  if (value === undefined) throw new Error("there is nothing to pick from");
  return value;
}
