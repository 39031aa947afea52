import * as z from "zod";
import { licensePlate, merchantId } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { describeVehicle, fromVehicle, vehicleAnswer } from "./vehicle-fields.ts";

export const getVehicle = defineTool({
  name: "get_vehicle",
  title: "Get one vehicle",
  description: "Gives one vehicle by its license plate, with its capacity for every material. 车辆详情",
  access: "read",
  vendor: "fleet",
  input: z.strictObject({ license_plate: licensePlate, merchant_id: merchantId.optional() }),
  output: z.object({ vehicle: vehicleAnswer }),
  async run({ license_plate, merchant_id }, app, { signal }) {
    const fleet = await app.fleet();
    const vehicle = await fleet.getVehicle({ licensePlate: license_plate, merchantId: merchant_id, signal });
    const { drivers } = await app.store();
    const driver = (await drivers.of([vehicle.licensePlate])).get(vehicle.licensePlate);
    return { data: { vehicle: fromVehicle(vehicle, driver) }, text: describeVehicle(vehicle, driver) };
  },
});
