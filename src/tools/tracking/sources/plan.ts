import type { ShipmentStatus } from "../../../domain/tracking.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { Delivery, DeliveryPart } from "../delivery/delivery-fields.ts";
import type { Found, Question } from "./ask-source.ts";

/** Where plans have a shipment: the route that it is out with, else that of its newest plan. */
export function planOf(delivery: () => Promise<Delivery | undefined>): Question {
  return {
    source: "plans",
    basis: "record",
    ask: async () => {
      const found = await delivery();
      return found && foundInPlans(found);
    },
  };
}

function foundInPlans(delivery: Delivery): Found | undefined {
  const { other_stops: others = [], released_from: released = [], ...first } = delivery;
  const parts = [first, ...others].filter(({ plan_id: planId }) => planId !== undefined);
  if (parts.length === 0 && released.length === 0) return undefined;
  return {
    status: statusOf(parts),
    told: [...parts.map(describePart), ...describeReleases(released)].join(" "),
    timeline: parts.flatMap((part) => [
      { at: part.planned_arrive_at ?? "", status: "planned", what: `planned arrival: ${placeOf(part)}` },
      ...(part.driven_arrive_at === undefined
        ? []
        : [{ at: part.driven_arrive_at, what: `expected in the driver's order: ${placeOf(part)}` }]),
    ]),
  };
}

function statusOf(parts: readonly DeliveryPart[]): ShipmentStatus {
  if (parts.some(({ dispatch_state: state }) => state === "dispatched")) return "dispatched";
  return parts.length > 0 ? "planned" : "unknown";
}

function describePart(part: DeliveryPart): string {
  const { dispatch_state: state, planned_sequence: planned, items = [], external_job_id: job } = part;
  const goods = items.map(({ material, quantity }) => `${quote(material)} ${quantity}`).join(", ");
  const isOut = state !== undefined && state !== "not_dispatched";
  const how = isOut ? `Out (${state}) as` : "Planned as";
  const facts = [
    `${how} ${placeOf(part)}`,
    ...(planned === undefined ? [] : [`planned as its stop ${planned}`]),
    ...(part.load_position === undefined ? [] : [`loaded as number ${part.load_position}`]),
    ...(goods === "" ? [] : [goods]),
    ...(isOut && job !== undefined ? [`job ${quote(job)}, driver ${quote(part.driver_email, 60)}`] : []),
  ];
  return `${facts.join(", ")}.`;
}

function placeOf({ sequence, license_plate: plate, plan_id: planId, revision }: DeliveryPart): string {
  return `stop ${sequence} of ${quote(plate)} in plan ${planId}, revision ${revision}`;
}

function describeReleases(released: readonly string[]): string[] {
  if (released.length === 0) return [];
  return [`It was released from ${released.map((job) => quote(job)).join(", ")} and may go out again.`];
}
