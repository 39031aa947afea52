import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StopOrder } from "../sandbox/routemate/stop-orders.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import { connectToOwnServer, type PlanAnswer, type Session } from "./demo/connect.ts";
import type { DemoDay } from "./demo/demo-day.ts";
import { dispatch } from "./demo/dispatch.ts";
import { followRoutes } from "./demo/follow.ts";
import { trackFreight } from "./demo/freight.ts";
import { planArea } from "./demo/plan-area.ts";
import { revise } from "./demo/revise.ts";
import { deliverByRobot } from "./demo/robot.ts";
import { takeOrderToTheDoor } from "./demo/takeout.ts";
import { askWhatIf } from "./demo/what-if.ts";
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

/** Plans, revises, compares, sends out, follows and reports one area's deliveries, then a robot's, a freight load's and a takeout's. */
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
    WAYBILL_POLL_SECONDS: "1",
  });
  sandbox.setCallbackUrl(`${session.address}/webhooks/yunji`);
  try {
    say("Waybill demo: one dispatch day, with invented data. The server is a process of its own.");
    const day = openDay(session, sandbox);
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
function openDay(session: Session, sandbox: Sandbox): DemoDay {
  let advancedSeconds = 0;
  const advance = (seconds: number) => {
    advancedSeconds += seconds;
    sandbox.advance(seconds);
  };
  const now = () => Date.now() + advancedSeconds * 1000;
  const orderStopEnd = (order: StopOrder) => void sandbox.orderStopEnd(order);
  return { session, say, heading, advance, now, orderStopEnd };
}

/** The life of a plan, from the first look at the shipments to the report of the day. */
async function routesOfAnArea(
  day: DemoDay,
  { area, folder }: { area: string; folder: string },
): Promise<void> {
  const plan = await planArea(day, area);
  const revised = await revise(day, plan);
  await askWhatIf(day, { area, plan, revised });
  await draw(day, { planId: plan.plan_id, folder });
  waitForMorning(day, plan);
  await dispatch(day, { plan, revised });
  await followRoutes(day, plan);
}

/** Drivers set out within a quarter of an hour after they have got their routes. */
const minutesBeforeStart = 15;

/** The plan is for a day to come: its routes go out shortly before they begin. */
function waitForMorning({ advance, now }: DemoDay, { routes }: PlanAnswer): void {
  const start = Math.min(...routes.map(({ depart_at }) => Date.parse(depart_at)));
  advance(Math.max(0, (start - now()) / 1000 - minutesBeforeStart * 60));
}

async function draw(
  { session, heading: announce }: DemoDay,
  { planId, folder }: { planId: string; folder: string },
): Promise<void> {
  announce("Its picture (render_plan)");
  for (const format of ["png", "svg"] as const) {
    const path = join(folder, `${planId}.${format}`);
    await writeFile(path, await session.picture(planId, format));
    say(path);
  }
}
