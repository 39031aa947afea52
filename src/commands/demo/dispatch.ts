import { importRouteAnswer } from "../../tools/routes/import-route.ts";
import type { PlanAnswer, Session } from "./connect.ts";

type Route = PlanAnswer["routes"][number];

/** Accounts that the sandbox's RouteMate knows, and one that it has to invite. */
const drivers = [
  "chen.zhiqiang@lingzhi.example",
  "liang.weiming@lingzhi.example",
  "a.new.driver@example.com",
];

/** Imports every route, tells where the vendor's order differs from the plan, and shows that a repeat sends nothing. */
export async function dispatch(
  session: Session,
  plan: PlanAnswer,
  say: (line: string) => void,
): Promise<void> {
  for (const [index, route] of plan.routes.entries()) {
    const driver = drivers[index % drivers.length] ?? "";
    const imported = await importOne(session, toArguments(plan, route, driver));
    say(
      `${route.license_plate} to ${driver}: job ${imported.job_id}, ${imported.stops_imported} stops, ` +
        `${imported.stops_geocode_failed} without a place on the map`,
    );
    for (const { code, message } of imported.warnings) say(`  ${code}: ${message}`);
    showDrift(route, imported.stops, say);
  }
  const [route] = plan.routes;
  if (!route) return;
  const again = await importOne(session, toArguments(plan, route, drivers[0] ?? ""));
  say(`The same call again: repeated ${again.repeated ?? false}, still job ${again.job_id}.`);
}

async function importOne(session: Session, args: Record<string, unknown>) {
  const { data } = await session.call("import_route", args);
  return importRouteAnswer.parse(data);
}

/** The route as RouteMate takes it: the depot is the first stop and, because vehicles return, the last. */
function toArguments(plan: PlanAnswer, route: Route, driverEmail: string): Record<string, unknown> {
  const { lat, lng, address = "depot" } = plan.depot;
  const depot = { address, latitude: lat, longitude: lng, label: "Depot", parcel_count: 0 };
  return {
    external_job_id: `${plan.plan_id}-${route.license_plate}`,
    title: `${plan.area ?? "Deliveries"} ${route.license_plate}`,
    driver_email: driverEmail,
    scheduled_date: route.depart_at.slice(0, 10),
    timezone: "Asia/Shanghai",
    stops: [
      { external_stop_id: "depot-start", ...depot },
      ...route.stops.map((stop) => ({
        external_stop_id: stop.shipment_ids.join("+"),
        address: stop.address ?? stop.customer_name ?? "",
        ...(stop.lat !== null && stop.lng !== null && { latitude: stop.lat, longitude: stop.lng }),
        label: stop.customer_name ?? "",
        parcel_count: stop.shipment_ids.length,
      })),
      { external_stop_id: "depot-end", ...depot },
    ],
  };
}

/** The vendor re-orders stops: what the driver gets decides the loading order. */
function showDrift(route: Route, stops: { external_stop_id: string }[], say: (line: string) => void): void {
  const planned = route.stops.map(({ shipment_ids }) => shipment_ids.join("+"));
  const driven = stops.map(({ external_stop_id }) => external_stop_id).filter((id) => planned.includes(id));
  const moved = driven.filter((id, index) => planned[index] !== id);
  if (moved.length === 0) {
    say("  The driver's order is the plan's.");
    return;
  }
  say(`  Drift: ${moved.length} of ${planned.length} stops stand elsewhere than planned.`);
  say(`    planned ${planned.join(" → ")}`);
  say(`    driven  ${driven.join(" → ")}`);
  say(`    so load ${driven.toReversed().join(" → ")}`);
}
