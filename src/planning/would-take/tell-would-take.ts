import type { UnassignedShipment } from "../../domain/plan.ts";
import type { PlanHelp, WouldTake } from "../../domain/would-take.ts";
import { partsOf } from "../complete/loads.ts";
import type { Settled } from "../complete/settle.ts";
import { keyOf } from "../prepare/request.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { addWouldTake } from "./add-would-take.ts";
import { findPlanHelp } from "./plan-help.ts";
import { ask, findRemedies, type Wish } from "./remedies.ts";
import { tellRemedy } from "./tell-remedy.ts";
import { widen } from "./widen.ts";
import { findLeft, findWishes, idsOf } from "./wishes.ts";

const tooShort = "The time was too short to try all that would bring in what was left out; allow more time.";

/** A plan whose reasons are told, and what its routes carry. */
export type Unhelped = {
  prepared: PreparedPlan;
  settled: Settled;
  unassigned: readonly UnassignedShipment[];
};

/** What is left out with what would bring it in, single changes for several of it, and what was not looked at. */
export type Helped = { unassigned: UnassignedShipment[]; whatWouldHelp: PlanHelp[]; warnings: string[] };

/** How many ways to bring a shipment in are told in its sentence. */
const mostInWords = 2;

/**
 * Tells of each shipment that is left out the cheapest single change that would bring it in, and the changes that
 * would bring in several. Each is tried on the plan's routes as they are. Ends when `hasTime` says no.
 */
export function tellWouldTake({ prepared, settled, unassigned }: Unhelped, hasTime: () => boolean): Helped {
  const left = findLeft(prepared, settled);
  if (left.length + prepared.refused.length === 0) {
    return { unassigned: [...unassigned], whatWouldHelp: [], warnings: [] };
  }
  if (!hasTime()) return { unassigned: [...unassigned], whatWouldHelp: [], warnings: [tooShort] };
  const wide = widen(prepared, left);
  const asking = ask(wide, settled.routes, hasTime);
  const wishes = openWishes(findWishes(wide, prepared, settled), settled);
  const told = new Map<string, WouldTake[]>();
  let isCut = false;
  for (const wish of wishes) {
    const { shipment } = wide.prepared.consignments[wish.consignment]!;
    const comer = { shipmentIds: idsOf(wide.prepared, wish), stop: wish.stop ?? -1 };
    const remedies = findRemedies(asking, wish).slice(0, mostInWords);
    told.set(
      keyOf(shipment.id),
      remedies.map((remedy) => tellRemedy(wide, remedy, comer)),
    );
    isCut ||= !hasTime();
    if (isCut) break;
  }
  const whatWouldHelp = isCut ? [] : findPlanHelp(asking, wishes);
  return {
    unassigned: unassigned.map((one) => addWouldTake(one, told.get(keyOf(one.shipmentId)) ?? [])),
    whatWouldHelp,
    warnings: hasTime() ? [] : [tooShort],
  };
}

/** A split shipment that was delivered is no wish any more. */
function openWishes(wishes: readonly Wish[], { routes }: Settled): Wish[] {
  const served = new Set(partsOf(routes.flatMap(({ stays }) => stays)).map(({ consignment }) => consignment));
  return wishes.filter(({ consignment }) => !served.has(consignment));
}
