import type { Explanation } from "../explain.ts";
import { addLoads } from "../prepare/cargo.ts";
import { describeLoad, describeRoomFor } from "../prepare/load-words.ts";
import type { Refusal } from "../prepare/screen.ts";
import { fillVehicles, isEmpty, type VehiclePart } from "../prepare/split.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { Carried } from "./loads.ts";
import { explainLeftOut } from "./reasons.ts";
import { carrierOf, freeRoom } from "./serve-split.ts";
import type { DrivenRoute } from "./visits.ts";

/** The routes of a plan, what their vehicles carry, and what keeps a stop of the search off each. */
export type Explained = {
  routes: readonly DrivenRoute[];
  carried: readonly Carried[];
  explain: (stop: number) => Explanation;
};

/** Why a shipment that may ride in parts is on no route: too little room in all vehicles together, or another limit. */
export function explainSplit(prepared: PreparedPlan, explained: Explained, consignment: number): Refusal {
  const { consignments, cargo } = prepared;
  const { shipment, load, parts: given } = consignments[consignment]!;
  if (given) return explainGivenParts(prepared, explained, consignment);
  const subject = `Shipment ${shipment.id} needs ${describeLoad(load, cargo)}, in parts`;
  const { room: free, vehicleOf } = freeRoom(prepared, explained.routes);
  const onAllTrips = free.capacity.map((row, of) => row.map((quantity) => quantity * free.trips![of]!));
  const together = addLoads(onAllTrips, cargo.materials.length);
  const lacking = load.map((quantity, material) => (quantity > together[material]! ? quantity : 0));
  if (!isEmpty(lacking)) {
    const left = describeRoomFor(lacking, together, cargo);
    return { reason: "fleet_full", message: `${subject}; all vehicles together have ${left} left.` };
  }
  const { parts, rest } = fillVehicles(load, free, 10 ** cargo.scale);
  if (!isEmpty(rest)) {
    return {
      reason: "fleet_full",
      message: `${subject}; no room is left for ${describeLoad(rest, cargo)} of it.`,
    };
  }
  const refusals = parts.map((part) =>
    explainPart(prepared, explained, { ...part, vehicle: vehicleOf[part.vehicle]!, consignment }),
  );
  const refusal = refusals.find(
    (candidate) => candidate !== undefined && candidate.reason !== "search_ended",
  );
  return (
    refusal ?? { reason: "search_ended", message: `${subject}; the search found no place for all of these.` }
  );
}

/** What keeps the parts off that a dispatcher cut: the first that finds no place says it for all. */
function explainGivenParts(prepared: PreparedPlan, explained: Explained, consignment: number): Refusal {
  const { shipment } = prepared.consignments[consignment]!;
  const { carried, explain } = explained;
  const own = [...prepared.stops.entries()].filter(([, { parts }]) => parts[0]!.consignment === consignment);
  const refusals = own.map(([stop, { parts }]) =>
    explainLeftOut(prepared, { stop, part: parts[0]!, carried, explanation: explain(stop) }),
  );
  const refusal = refusals.find(({ reason }) => reason !== "search_ended");
  const message = `Shipment ${shipment.id} is split into ${own.length} parts; the search found no place for all of them.`;
  return refusal ?? { reason: "search_ended", message };
}

/** What keeps one part off the routes beside room. */
function explainPart(
  prepared: PreparedPlan,
  { carried, explain }: Explained,
  { vehicle, load, consignment }: VehiclePart & { consignment: number },
): Refusal | undefined {
  const stop = carrierOf(prepared, consignment, vehicle);
  if (stop === undefined) return undefined;
  return explainLeftOut(prepared, {
    stop,
    part: { consignment, load },
    carried,
    explanation: explain(stop),
  });
}
