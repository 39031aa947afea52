import { findIncomplete } from "./broken-groups.ts";
import type { Draft } from "./draft.ts";
import { describeItems } from "./items.ts";
import { refuse } from "./refuse.ts";

/**
 * Refuses changes after which a part of a shipment is on a route and another part on none: goods that nobody would be
 * told of. Only a search over all vehicles finds a place for such a part.
 */
export function refuseIncomplete(draft: Draft): void {
  for (const { shipmentId, items } of findIncomplete(draft)) {
    const rest = items.map((part) => describeItems(part.items)).join(" and ");
    refuse(
      { index: draft.named.get(String(shipmentId)) ?? 0 },
      `Shipment ${shipmentId} is split, and ${rest} of it would be on no route.`,
      {
        hint: 'Give the rest to a vehicle with another split, in the same call, or let reoptimize "all" find one.',
      },
    );
  }
}
