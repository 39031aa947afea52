import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../sandbox/sandbox.ts";
import { connectToOwnServer, type Session } from "./demo/connect.ts";
import type { DemoDay } from "./demo/demo-day.ts";
import { dispatch } from "./demo/dispatch.ts";
import { trackFreight } from "./demo/freight.ts";
import { showPlan, showVehicles } from "./demo/report.ts";
import { deliverByRobot } from "./demo/robot.ts";
import { takeOrderToTheDoor } from "./demo/takeout.ts";
import { parseOptions } from "./parse-options.ts";

/** What `waybill demo --help` prints. */
export const help = `waybill demo: a whole dispatch day against the sandbox, with invented data

Usage: waybill demo [--area NAME]

  --area NAME   the area to plan (default: the sandbox's first)

It starts the sandbox and a real server process, drives it with the official MCP client, prints what a
dispatcher would want to read, writes the plan's picture to a temporary folder, and ends by itself.
`;

const say = (text: string) => process.stdout.write(`${text}\n`);
const heading = (text: string) => say(`\n== ${text} ==`);

/** Lists, plans, draws, sends out and follows one area's deliveries, then a robot's, a freight load's and a takeout's. */
export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args, { area: { type: "string" } });
  const folder = await mkdtemp(join(tmpdir(), "waybill-demo-"));
  const sandbox = await startSandbox({ timeScale: 0 });
  const [firstArea = ""] = (sandbox.environment["FLEET_AREAS"] ?? "").split(",");
  const stateFile = join(folder, "state.sqlite");
  const session = await connectToOwnServer({
    ...sandbox.environment,
    WAYBILL_STATE: stateFile,
    WAYBILL_TOOLSETS: "all",
  });
  sandbox.setCallbackUrl(`${session.address}/webhooks/yunji`);
  try {
    say("Waybill demo: one dispatch day, with invented data. The server is a process of its own.");
    const day = openDay(session, sandbox.advance);
    await routesOfAnArea(day, { area: options.area ?? firstArea, folder });
    heading(
      "A robot's delivery, with an exception and its recovery (create_robot_order, cancel_robot_order)",
    );
    await deliverByRobot(day);
    heading("A freight load on its way (create_tracking, track_shipment)");
    await trackFreight(day);
    heading("A takeout order to the door (create_takeout_order … advance_delivery_task)");
    await takeOrderToTheDoor(day);
    say(
      `\nThe five vendors answered ${sandbox.requests.length} requests; RouteMate holds ${sandbox.jobs.length} routes.`,
    );
  } finally {
    await session.close();
    await sandbox.close();
    await rm(stateFile, { force: true });
  }
  return 0;
}

/** The sandbox's time moves only by what the demo says. */
function openDay(session: Session, advanceSandbox: (seconds: number) => void): DemoDay {
  let advancedSeconds = 0;
  const advance = (seconds: number) => {
    advancedSeconds += seconds;
    advanceSandbox(seconds);
  };
  return { session, say, advance, now: () => Date.now() + advancedSeconds * 1000 };
}

async function routesOfAnArea(
  { session, advance }: DemoDay,
  { area, folder }: { area: string; folder: string },
): Promise<void> {
  heading("Fleet (list_vehicles)");
  showVehicles(await session.call("list_vehicles", {}), say);

  heading(`Unshipped shipments in ${area} (list_unshipped_shipments)`);
  say((await session.call("list_unshipped_shipments", { area, limit: 5 })).text);

  heading("First plan (plan_load)");
  const first = await session.plan({ area });
  say(first.text);

  const [unmapped] = first.plan.unmapped_items;
  if (unmapped) {
    heading("An item that no material fits: say which one it is (set_material_rule), plan again");
    const material = first.plan.routes[0]?.loads[0]?.material ?? "";
    say((await session.call("set_material_rule", { material, item_name: unmapped.item_name })).text);
  }
  const { plan } = await session.plan({ area });
  heading(`The plan that goes out: ${plan.plan_id}`);
  showPlan(plan, say);

  heading("Its picture (render_plan)");
  for (const format of ["png", "svg"] as const) {
    const path = join(folder, `${plan.plan_id}.${format}`);
    await writeFile(path, await session.picture(plan.plan_id, format));
    say(path);
  }

  heading("Routes to the drivers (import_route)");
  await dispatch(session, plan, say);

  heading("Three hours later (get_route_job)");
  advance(3 * 3600);
  for (const { license_plate } of plan.routes) {
    const { text } = await session.call("get_route_job", {
      external_job_id: `${plan.plan_id}-${license_plate}`,
    });
    say(text);
  }
}
