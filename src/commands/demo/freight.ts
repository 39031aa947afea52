import * as z from "zod";
import type { DemoDay } from "./demo-day.ts";

const trackingAnswer = z.object({ tracking_id: z.string() });

/** A carrier whose truck reports by itself, and an address that the vendor does not know. */
const carrier = "dispatch@cascade-freightways.example";
const stranger = "a.new.carrier@example.com";

const hourMilliseconds = 3_600_000;

/** A load is followed on its way; a carrier that nobody knows gets an invitation and no tracking. */
export async function trackFreight({ session, advance, now, say }: DemoDay): Promise<void> {
  const at = (hours: number) => new Date(now() + hours * hourMilliseconds).toISOString();
  const load = {
    from_date: at(1),
    to_date: at(40),
    from_location: { lat: 40.7127753, lng: -74.0059728, address: "New York, NY" },
    to_location: { lat: 41.8781136, lng: -87.6297982, address: "Chicago, IL" },
  };
  say((await session.call("create_tracking", { ...load, carrier_email: stranger })).text);
  const { text, data } = await session.call("create_tracking", { ...load, carrier_email: carrier });
  const { tracking_id } = trackingAnswer.parse(data);
  say(text);
  advance(8 * 3600);
  say((await session.call("track_shipment", { tracking_id })).text);
}
