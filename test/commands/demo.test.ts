import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { runWaybill } from "../support/server-process.ts";

test("the demo plans, revises, compares, dispatches, follows and reports a day, and ends by itself", {
  timeout: 90_000,
}, async () => {
  const { code, stdout, stderr } = await runWaybill(["demo"]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  for (const part of [
    "list_vehicles",
    "list_unshipped_shipments",
    "plan_load",
    "revise_plan",
    "compare_plans",
    "render_plan",
    "set_driver",
    "dispatch_plan",
    "list_events",
    "track_shipment",
    "plan_report",
    "create_robot_order",
    "create_tracking",
    "create_takeout_order",
  ]) {
    expect(stdout).toContain(part);
  }
  expect(stdout).toMatch(/粤A\w+: \d+\.\d km, 08:00 to \d\d:\d\d/);
  expect(stdout).toMatch(/Left out \d+ \(\w+\): .+/);
  expectRevision(partOf(stdout, "The dispatcher moves a customer"));
  expect(partOf(stdout, "A truck half as large")).toMatch(/粤A\w+ would carry .+ of \d+: [\d.]+ too many/);
  expect(partOf(stdout, "Who changes what somebody else")).toMatch(
    /is at revision 2, and you changed revision 1/,
  );
  expect(partOf(stdout, "What if: the plan")).toMatch(
    /1\. plan-[\s\S]*2\. plan-[\s\S]*3\. plan-[\s\S]*Best in what/,
  );
  expect(partOf(stdout, "breaks down")).toMatch(/It would fit with/);
  expectDispatch(stdout);
  expectFailedStop(stdout);
  expect(stdout).toMatch(/yunji task-exception: order_sn/);
  expect(stdout).toMatch(/To be confirmed first: Order \d+/);
  expect(stdout).toMatch(/yunji completed: order_sn 「(\d+)」[\s\S]*「\1」 is delivered/);
  expect(stdout).toContain("Nothing was created for 「a.new.carrier@example.com」");
  expect(stdout).toMatch(/「\d+」 is in_transit\.\ntransmit: in_transit/);
  expect(stdout).toMatch(/takeout payment.success: takeout_order_id 「([\w-]+)」[\s\S]*「\1」 is delivered/);
  const pictures = stdout.match(/\S+\.(?:png|svg)$/gm) ?? [];
  expect(pictures).toHaveLength(2);
  for (const picture of pictures) expect(existsSync(picture)).toBe(true);
  const [png = ""] = pictures;
  expect(readFileSync(png).subarray(1, 4).toString()).toBe("PNG");
  rmSync(dirname(png), { recursive: true });
});

/** What the demo says under one of its headings. */
function partOf(said: string, heading: string): string {
  const part = said.split("\n== ").find((one) => one.split("\n", 1)[0]?.includes(heading));
  if (part === undefined) throw new Error(`the demo has no part "${heading}"`);
  return part.slice(part.indexOf("\n") + 1);
}

/** Who moved where, and what it costs. */
function expectRevision(part: string): void {
  expect(part).toMatch(/revision 2/);
  expect(part).toMatch(/Moved: \d+ 「.+」, 粤A\w+ stop \d+ -> 粤A\w+ stop \d+/);
  expect(part).toMatch(/km/);
}

/** The preview tells every job and the invitation and writes nothing; the confirmed call tells jobs and drift. */
function expectDispatch(said: string): void {
  const preview = partOf(said, "Everything that would be sent");
  expect(preview).toMatch(/a\.new\.driver@example\.com/);
  expect(preview).toMatch(/confirmation [0-9a-f-]{36}/);
  const sent = partOf(said, "Confirmed");
  expect(sent).toMatch(/3 of 3 routes are out/);
  expect(sent.match(/is job 「[0-9a-f-]{36}」/g)).toHaveLength(3);
  expect(sent).toMatch(/RouteMate re-ordered \d+ of \d+ stops/);
  expect(sent).toMatch(/load in this order: \d+/);
  expect(sent).toMatch(/The same call again: repeated true, the same 3 jobs\./);
}

/** The event, the shipment it was about, and the report that counts it. */
function expectFailedStop(said: string): void {
  const [, stop = ""] = /stop_id 「(\d+)[^」]*」/.exec(partOf(said, "a stop has failed")) ?? [];
  expect(stop).not.toBe("");
  expect(partOf(said, "Where its shipment is")).toMatch(new RegExp(`「${stop}」.*failed`));
  const report = partOf(said, "as it was planned and as it went");
  expect(report).toMatch(/\d+ of 23 stops delivered, 1 failed, \d+ still open/);
  expect(report).toMatch(new RegExp(`FAILED 粤A\\w+ stop \\d+ .*\\(${stop}\\)`));
  expect(report).toMatch(/\d+\/\d+, 1 failed/);
}
