import * as z from "zod";
import { countThatFits } from "../answer-size.ts";
import { merchantId, page, pageAnswer } from "../fields.ts";
import { decodeOffset, encodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { describeVehicle, fromVehicle, vehicleAnswer } from "./vehicle-fields.ts";

export const listVehicles = defineTool({
  name: "list_vehicles",
  title: "List vehicles",
  description:
    "Lists the factory's transport vehicles with the most rolls (条) each can carry of every material, and its driver where set_driver named one. " +
    "Planning reads them by itself: call this to see or choose vehicles, not as a step before plan_load. 车辆列表",
  access: "read",
  vendor: "fleet",
  input: z.strictObject({ merchant_id: merchantId.optional(), ...page }),
  output: z.object({ vehicles: z.array(vehicleAnswer), ...pageAnswer }),
  async run({ merchant_id, limit = 50, cursor }, app, { signal }) {
    const offset = decodeOffset(cursor);
    const fleet = await app.fleet();
    const found = await fleet.listVehicles({ merchantId: merchant_id, limit, offset, signal });
    const { drivers } = await app.store();
    const driverOf = await drivers.of(found.vehicles.map(({ licensePlate }) => licensePlate));
    const answered = found.vehicles.map((vehicle) =>
      fromVehicle(vehicle, driverOf.get(vehicle.licensePlate)),
    );
    const shown = countThatFits(answered);
    const nextOffset = shown < answered.length ? offset + shown : found.nextOffset;
    const lines = found.vehicles
      .slice(0, shown)
      .map((vehicle) => describeVehicle(vehicle, driverOf.get(vehicle.licensePlate)));
    return {
      data: {
        vehicles: answered.slice(0, shown),
        ...(found.total !== undefined && { total: found.total }),
        ...(nextOffset !== undefined && { next_cursor: encodeOffset(nextOffset) }),
      },
      text: [`${shown} of ${found.total ?? "the"} vehicles.`, ...lines].join("\n"),
    };
  },
});
