import * as z from "zod";
import type { PlanAnswer } from "./connect.ts";
import type { DemoDay } from "./demo-day.ts";
import type { PlanRevision } from "./revise.ts";

const confirmationAnswer = z.object({ confirmation: z.string() });
const repeatAnswer = z.object({
  repeated: z.boolean().default(false),
  routes: z.array(z.object({ job_id: z.string() })),
});

/** Accounts that the sandbox's RouteMate knows, and one that it has to invite. */
const drivers = [
  "chen.zhiqiang@lingzhi.example",
  "liang.weiming@lingzhi.example",
  "a.new.driver@example.com",
];

/** Says who drives what, shows all that would be written, and writes it once it is confirmed; a repeat sends nothing. */
export async function dispatch(
  { session, say, heading }: DemoDay,
  { plan, revised }: { plan: PlanAnswer; revised: PlanRevision },
): Promise<void> {
  heading("The morning of the day: who drives what (set_driver)");
  for (const [index, { license_plate }] of plan.routes.entries()) {
    const driver_email = drivers[index % drivers.length];
    say((await session.call("set_driver", { license_plate, driver_email })).text);
  }

  heading("Everything that would be sent, to be confirmed first (dispatch_plan)");
  const call = { plan_id: revised.planId, revision: revised.revision };
  const preview = await session.call("dispatch_plan", call);
  say(preview.text);

  heading("Confirmed: the routes go out, and the drift from the plan is told (dispatch_plan)");
  const { confirmation } = confirmationAnswer.parse(preview.data);
  const sent = await session.call("dispatch_plan", { ...call, confirmation });
  say(sent.text);
  const again = await session.call("dispatch_plan", { ...call, confirmation });
  const { repeated, routes } = repeatAnswer.parse(again.data);
  const isSame = jobsOf(sent.data).join() === routes.map(({ job_id }) => job_id).join();
  say(`The same call again: repeated ${repeated}, ${isSame ? "the same" : "other"} ${routes.length} jobs.`);
}

function jobsOf(data: unknown): string[] {
  return repeatAnswer.parse(data).routes.map(({ job_id }) => job_id);
}
