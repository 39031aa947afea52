import type { Explanation, VehicleObstacle } from "../explain.ts";
import { addLoads } from "../prepare/cargo.ts";
import { fits } from "../prepare/room.ts";
import type { StopPart } from "../prepare/stops.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { Carried } from "./loads.ts";
import { placesFor } from "./trips.ts";
import { type Stay, scheduleTour } from "./visits.ts";

/**
 * A shipment on no route, as a part of a stop; what each vehicle carries, [vehicle]; and what keeps the stop off each,
 * as far as there was time to find out.
 */
export type LeftOut = {
  stop: number;
  part: StopPart;
  carried: readonly Carried[];
  explanation: Explanation;
};

/**
 * What keeps the shipment off each vehicle. The search's obstacles are those of whole stops; here the shipment is one
 * part of its stop, and a route may carry more or less than its stops were planned with.
 */
export function findObstacles(
  prepared: PreparedPlan,
  { stop, part, carried, explanation }: LeftOut,
): VehicleObstacle[] {
  const stay = { stop, parts: [part] };
  const knownOf = new Map(explanation.obstacles.map((obstacle) => [obstacle.vehicle, obstacle]));
  return carried.flatMap(({ stays, loads }, vehicle) => {
    const known = knownOf.get(vehicle);
    const boards = (load: number[]) => fits(prepared.room, vehicle, addLoads([load, part.load], load.length));
    if (!loads.some(boards)) return [known ?? { vehicle, scope: "route", limit: "capacity", over: 1 }];
    const isOfStopAlone = known?.limit === "capacity";
    return isOfStopAlone ? findOther(prepared, { vehicle, stays }, stay) : known ? [known] : [];
  });
}

/** The limit beside capacity that is broken least, over all positions. */
function findOther(
  prepared: PreparedPlan,
  { vehicle, stays }: { vehicle: number; stays: readonly Stay[] },
  stay: Stay,
): VehicleObstacle[] {
  const places = placesFor({ vehicle, stays: [...stays] }, stay);
  const broken = places
    .map(({ wider }) => {
      const { violations } = scheduleTour(prepared, wider());
      return violations.find(({ limit }) => limit !== "capacity");
    })
    .filter((violation) => violation !== undefined);
  const [least] = broken.toSorted((a, b) => a.over - b.over);
  const scope = stays.length === 0 ? "vehicle" : "route";
  return least ? [{ vehicle, scope, limit: least.limit, over: least.over }] : [];
}
