import { smallDay } from "../small-day.ts";
import type { Example } from "./example.ts";

const carrierEmail = "dispatch@cascade-freightways.example";
let loads = 0;

/** The load of transmit.txt's own example, with an address of its own each time: its days are over, so another may follow. */
export function exampleLoad() {
  return {
    carrier_email: carrierEmail,
    from_date: "2017-09-21T18:31:42Z",
    to_date: "2017-09-30T18:31:42Z",
    from_location: { lat: 37.7576793, lng: -122.5076399, address: "San Francisco, CA" },
    to_location: { lat: 34.0201812, lng: -118.69191881, address: `Los Angeles, CA, gate ${++loads}` },
  };
}

let positions = 0;

/** The position of transmit.txt's own example, under an identifier of its own each time. */
export function examplePosition() {
  return {
    id: `1d5d0b30-930d-49bd-9c22-${String(++positions).padStart(12, "0")}`,
    lat: 12.34,
    lng: 56.78,
    client_date: "2018-09-21T12:34:56+03:00",
    location_type: "network",
  };
}

/** A load that the sandbox's vendor follows from its first day on. */
const trackingUnderWay = "11031";

/** One good call for each tool of tracked loads, and for the one that asks everybody. */
export const trackingExamples: Record<string, Example> = {
  track_shipment: async (client) => {
    await client.call("plan_load", smallDay);
    return { shipment_id: smallDay.shipments[0]?.id };
  },
  list_trackings: async () => ({ broker_id: 524081 }),
  get_tracking: async () => ({ tracking_id: trackingUnderWay }),
  create_tracking: async () => exampleLoad(),
  update_tracking: async () => ({ tracking_id: trackingUnderWay, enabled: false }),
  delete_tracking: async ({ call }) => ({
    tracking_id: (await call("create_tracking", exampleLoad())).data["tracking_id"],
  }),
  report_locations: async () => ({ events: [examplePosition()] }),
};
