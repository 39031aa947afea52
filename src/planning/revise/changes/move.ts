import type { MoveChange } from "../../../domain/plan-change.ts";
import { refuseKeptOff } from "../agreements.ts";
import { type Draft, takeOff } from "../draft.ts";
import { putParts, unite } from "../put-parts.ts";
import { type At, freeVehicleAt, ridingAt } from "../refuse.ts";

/** Brings shipments to a vehicle; those after the first follow behind it where a position is given. */
export function move(draft: Draft, { shipmentIds, licensePlate, position, trip }: MoveChange, at: At): void {
  freeVehicleAt(draft, licensePlate, at);
  const riding = shipmentIds.map((id, index) =>
    ridingAt(draft, id, { ...at, field: `shipment_ids[${index}]` }),
  );
  for (const { part } of riding.flat()) refuseKeptOff(draft, part, { licensePlate, at });
  const parts = riding.map((stands) => unite(takeOff(draft, stands, at.index)));
  for (const [index, part] of parts.entries()) {
    const own = position === undefined ? undefined : position + index;
    putParts(draft, [part], { target: { licensePlate, position: own, trip }, at });
  }
}
