import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { runWaybill } from "../support/server-process.ts";

test("the demo plans, draws, sends out and follows a day, and ends by itself", {
  timeout: 90_000,
}, async () => {
  const { code, stdout, stderr } = await runWaybill(["demo"]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  for (const part of [
    "list_vehicles",
    "list_unshipped_shipments",
    "plan_load",
    "render_plan",
    "import_route",
    "get_route_job",
    "create_robot_order",
    "create_tracking",
    "create_takeout_order",
  ]) {
    expect(stdout).toContain(part);
  }
  expect(stdout).toMatch(/粤A\w+: \d+\.\d km, 08:00 to \d\d:\d\d/);
  expect(stdout).toMatch(/Left out \d+ \(\w+\): .+/);
  expect(stdout).toMatch(/Drift: \d+ of \d+ stops|The driver's order is the plan's/);
  expect(stdout).toContain("The same call again: repeated true");
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
