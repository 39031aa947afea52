import type { UnassignedShipment } from "../../domain/plan.ts";

/** Stands between why a shipment is left out and what would bring it in. */
const itWouldFit = " It would fit ";

/** The sentence with what would bring the shipment in, and the change that is told first. */
export function addWouldTake(
  left: UnassignedShipment,
  [first, second]: readonly NonNullable<UnassignedShipment["wouldTake"]>[],
): UnassignedShipment {
  if (!first) return left;
  const words = second ? `${first.text}, or ${second.text}` : first.text;
  return { ...left, message: `${left.message}${itWouldFit}${words}.`, wouldTake: first };
}

/** Why a shipment is left out alone: what would bring it in was tried on routes that are others now. */
export function withoutWouldTake({ wouldTake, ...left }: UnassignedShipment): UnassignedShipment {
  const end = wouldTake ? left.message.lastIndexOf(`${itWouldFit}${wouldTake.text}`) : -1;
  return end < 0 ? left : { ...left, message: left.message.slice(0, end) };
}
