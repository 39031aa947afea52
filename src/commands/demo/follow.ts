import { stopIdOf } from "../../domain/stop-id.ts";
import type { PlanAnswer } from "./connect.ts";
import type { DemoDay } from "./demo-day.ts";

const hoursOnTheRoad = 3;

/** One customer is not there: the event arrives by itself, the shipment knows of it, and the report sets plan against day. */
export async function followRoutes(
  { session, say, heading, advance, orderStopEnd }: DemoDay,
  plan: PlanAnswer,
): Promise<void> {
  const absent = plan.routes[0]?.stops[1];
  for (const stop of plan.routes.flatMap(({ stops }) => stops)) {
    const status = stop === absent ? "failed" : "completed";
    orderStopEnd({ externalStopId: stopIdOf(stop.shipment_ids), status });
  }

  heading(`${hoursOnTheRoad} hours later: a stop has failed (list_events)`);
  advance(hoursOnTheRoad * 3600);
  say(await session.untilEvent({ vendor: "routemate", kind: "stop.failed" }));

  heading("Where its shipment is (track_shipment)");
  say((await session.call("track_shipment", { shipment_id: absent?.shipment_ids[0] })).text);

  heading("The day as it was planned and as it went (plan_report)");
  say((await session.call("plan_report", { plan_id: plan.plan_id })).text);
}
