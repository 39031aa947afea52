import type { Identifier } from "../../domain/identifier.ts";
import type { Plan } from "../../domain/plan.ts";
import { keyOf } from "../prepare/request.ts";
import type { WindowSlack } from "./difference.ts";

/** A window with more time than this left needs no look. */
const tightSeconds = 30 * 60;

/** Slack that is lost to rounding is none. */
const leastLossSeconds = 60;

type Arrival = {
  shipmentId: Identifier;
  customerName: string | null;
  licensePlate: string;
  arriveAt: string;
};

/** The windows and agreed latest times that became tight, the tightest first. */
export function lostSlack(before: Plan, after: Plan): WindowSlack[] {
  const endsAfter = endsOf(after);
  if (endsAfter.size === 0) return [];
  const endsBefore = endsOf(before);
  const arrivalsBefore = new Map(arrivalsOf(before).map((arrival) => [keyOf(arrival.shipmentId), arrival]));
  const tight = arrivalsOf(after).flatMap((arrival) => {
    const key = keyOf(arrival.shipmentId);
    const now = slackAt(arrival, endsAfter.get(key));
    const earlier = arrivalsBefore.get(key);
    const then = earlier && slackAt(earlier, endsBefore.get(key) ?? endsAfter.get(key));
    if (!now || !then || now.seconds > tightSeconds) return [];
    if (then.seconds - now.seconds < leastLossSeconds) return [];
    const { shipmentId, customerName, licensePlate } = arrival;
    const slackSeconds = { before: then.seconds, after: now.seconds };
    return [{ shipmentId, customerName, licensePlate, endAt: now.endAt, slackSeconds }];
  });
  return tight.sort((a, b) => a.slackSeconds.after - b.slackSeconds.after);
}

/** The ends that a shipment has, in the order of time, by the key of its identifier. */
function endsOf({ options }: Plan): Map<string, string[]> {
  const ends = new Map<string, string[]>();
  const add = (shipmentId: Identifier, endAt: string | undefined): void => {
    if (endAt === undefined) return;
    ends.set(keyOf(shipmentId), [...(ends.get(keyOf(shipmentId)) ?? []), endAt]);
  };
  for (const { shipmentId, endAt } of options.timeWindows) add(shipmentId, endAt);
  for (const { shipmentId, notAfter } of options.locks) add(shipmentId, notAfter);
  for (const own of ends.values()) own.sort((a, b) => Date.parse(a) - Date.parse(b));
  return ends;
}

function arrivalsOf({ routes }: Plan): Arrival[] {
  return routes.flatMap(({ licensePlate, stops }) =>
    stops.flatMap(({ shipmentIds, customerName, arriveAt }) =>
      shipmentIds.map((shipmentId) => ({ shipmentId, customerName, licensePlate, arriveAt })),
    ),
  );
}

/** Against the first end that is not over yet; against the last where all are. */
function slackAt({ arriveAt }: Arrival, ends: readonly string[] | undefined) {
  const arrival = Date.parse(arriveAt);
  const endAt = ends?.find((end) => Date.parse(end) >= arrival) ?? ends?.at(-1);
  return endAt === undefined ? undefined : { endAt, seconds: (Date.parse(endAt) - arrival) / 1000 };
}
