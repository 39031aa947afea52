import type { Coordinates } from "../../../domain/place.ts";
import type { Plan, PlanRoute } from "../../../domain/plan.ts";
import type { Shipment } from "../../../domain/shipment.ts";
import { quote } from "../../../domain/vendor-text.ts";
import { greatCircleMeters } from "../../../planning/great-circle.ts";
import { changedItems } from "./changed-items.ts";
import { type ErpNow, isOfErp, shipmentsOf } from "./read-erp.ts";
import { vehicleDifferences } from "./vehicle-differences.ts";

/** One thing in which the ERP is no longer what a route was planned with. */
export type Difference = {
  licensePlate: string;
  kind:
    | "shipment_gone"
    | "items_changed"
    | "address_changed"
    | "position_changed"
    | "vehicle_gone"
    | "capacity_changed";
  shipmentId?: string;
  /** One sentence with the numbers. */
  message: string;
  /** True: the truck would carry the wrong goods, to the wrong place, or more than it holds. */
  isBlocking: boolean;
};

/** A plan, its first revision (which has vehicles as the ERP gave them), and what the ERP has now. */
export type Compared = { plan: Plan; base: Plan; erp: ErpNow };

/** A position that was corrected by less is the same door. */
const sameDoorMeters = 100;

/** What of a route is other in the ERP than when it was planned, item by item. */
export function findDifferences(compared: Compared, route: PlanRoute): Difference[] {
  const { plan, erp } = compared;
  const { shipments } = erp;
  const known = shipments ? shipmentsOf(plan, route).filter(isOfErp) : [];
  return [
    ...known.flatMap((planned) => shipmentDifferences(planned, shipments?.get(String(planned.id)))),
    ...vehicleDifferences(compared, route),
  ].map((difference) => ({ licensePlate: route.licensePlate, ...difference }));
}

function shipmentDifferences(
  planned: Shipment,
  now: Shipment | undefined,
): Omit<Difference, "licensePlate">[] {
  const shipmentId = String(planned.id);
  const name = `Shipment ${shipmentId}`;
  if (!now) {
    return [
      {
        kind: "shipment_gone",
        shipmentId,
        message: `${name} is no longer among the unshipped shipments of ${quote(planned.area)}: shipped, deleted, or moved to another area.`,
        isBlocking: true,
      },
    ];
  }
  const items = changedItems(planned.salesItems, now.salesItems);
  return [
    ...(items.length === 0
      ? []
      : [
          {
            kind: "items_changed" as const,
            shipmentId,
            message: `${name} has other goods: ${items.join(", ")}.`,
            isBlocking: true,
          },
        ]),
    ...placeDifferences(planned, now),
  ];
}

function placeDifferences(planned: Shipment, now: Shipment): Omit<Difference, "licensePlate">[] {
  const shipmentId = String(planned.id);
  const [before, after] = [planned.address?.trim() ?? "", now.address?.trim() ?? ""];
  const address: Omit<Difference, "licensePlate">[] =
    before === after
      ? []
      : [
          {
            kind: "address_changed",
            shipmentId,
            message: `Shipment ${shipmentId} goes to another address: ${quote(before)} is now ${quote(after)}.`,
            isBlocking: true,
          },
        ];
  return [...address, ...positionDifferences(shipmentId, planned.geoCoordinates, now.geoCoordinates)];
}

function positionDifferences(
  shipmentId: string,
  planned: Coordinates | null,
  now: Coordinates | null,
): Omit<Difference, "licensePlate">[] {
  const kind = "position_changed" as const;
  if (planned === null && now === null) return [];
  if (planned === null || now === null) {
    const what = now === null ? "has no position any more" : "has a position now";
    return [{ kind, shipmentId, message: `Shipment ${shipmentId} ${what}.`, isBlocking: false }];
  }
  const moved = Math.round(greatCircleMeters(planned, now));
  if (moved <= sameDoorMeters) return [];
  const message = `Shipment ${shipmentId} was moved by ${moved} m on the map.`;
  return [{ kind, shipmentId, message, isBlocking: true }];
}
