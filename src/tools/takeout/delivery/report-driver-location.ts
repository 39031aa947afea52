import * as z from "zod";
import { latitude, longitude, requestId } from "../../fields.ts";
import { defineTool } from "../../tool.ts";

export const reportDriverLocation = defineTool({
  name: "report_driver_location",
  title: "Report the driver's position",
  description:
    "Tells customers where the driver is now who is signed in at the takeout system: no other driver's position can " +
    "be reported. Sent every time it is called, and never again by itself. 上报配送员位置、司机位置",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    lat: latitude,
    lng: longitude,
    request_id: requestId.optional().describe("Taken as by every write, but a position is sent every time"),
  }),
  output: z.object({ lat: z.number(), lng: z.number() }),
  async run({ lat, lng }, app, { signal }) {
    const takeout = await app.takeout();
    await takeout.delivery.reportLocation({ lat, lng }, { signal });
    return { data: { lat, lng }, text: `The driver's position is reported: ${lat}, ${lng}.` };
  },
});
