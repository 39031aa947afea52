import type { Identifier } from "../../domain/identifier.ts";
import { partsOf } from "../complete/loads.ts";
import type { Settled } from "../complete/settle.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { Wish } from "./remedies.ts";
import type { Wide } from "./widen.ts";

/** Indexes of the consignments that are on no route although they had to be. */
export function findLeft({ consignments }: PreparedPlan, { routes }: Settled): number[] {
  const served = new Set(partsOf(routes.flatMap(({ stays }) => stays)).map(({ consignment }) => consignment));
  return [...consignments.keys()].filter(
    (index) => !served.has(index) && consignments[index]!.conditions.penalty === undefined,
  );
}

/**
 * What is left out, the most important first: what the search left out as the stop that it would be, what was refused
 * before it as the stop that it is in the wide plan.
 */
export function findWishes({ prepared, stops }: Wide, own: PreparedPlan, { leftOut }: Settled): Wish[] {
  const { consignments } = prepared;
  const byGroup = Map.groupBy(leftOut, ({ stop }) => own.stops[stop]!.conditions.together ?? -1);
  const searched = leftOut.flatMap(({ stop, parts }) => {
    const { together } = own.stops[stop]!.conditions;
    const company = together === undefined ? [] : byGroup.get(together)!;
    return parts
      .filter(({ consignment }) => !consignments[consignment]!.isSplit)
      .map((part): Wish => ({ consignment: part.consignment, part, stop, company }));
  });
  const inParts = consignments.flatMap((one, consignment) =>
    one.isSplit && !one.parts && consignment < own.consignments.length ? [consignment] : [],
  );
  // What a dispatcher cut into parts is cut no other way.
  const refused = [...consignments.keys()]
    .slice(own.consignments.length)
    .filter((consignment) => !consignments[consignment]!.isSplit);
  const whole = stops.filter(({ isForParts, dropped }) => !isForParts && !dropped);
  const others = [...inParts, ...refused].map((consignment): Wish => {
    const { load } = consignments[consignment]!;
    const stop = whole.find((one) => one.consignment === consignment)?.stop;
    return { consignment, part: { consignment, load }, stop, company: [] };
  });
  const priorityOf = ({ consignment }: Wish) => consignments[consignment]!.conditions.priority;
  return [...searched, ...others]
    .filter(({ consignment }) => consignments[consignment]!.conditions.penalty === undefined)
    .sort((a, b) => priorityOf(b) - priorityOf(a) || a.consignment - b.consignment);
}

/** Who comes in with a change: all of a group that rides together. */
export function idsOf({ consignments }: PreparedPlan, { consignment, company }: Wish): Identifier[] {
  const members = company.length > 0 ? partsOf(company).map((part) => part.consignment) : [consignment];
  return [...new Set(members)].map((member) => consignments[member]!.shipment.id);
}
