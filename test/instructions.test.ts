import { expect, test } from "vitest";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config/config.ts";
import { instructions } from "../src/instructions.ts";

const everything = { WAYBILL_TOOLSETS: "all" };

test("fit into the 2 KB that clients show", () => {
  const text = instructions(createApp(readConfig(everything)));
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_048);
});

test("name no tool that is not served", () => {
  const readOnly = instructions(createApp(readConfig({ ...everything, WAYBILL_READ_ONLY: "1" })));
  expect(readOnly).not.toMatch(/plan_load|import_route/);
  const planningAlone = instructions(createApp(readConfig({})));
  expect(planningAlone).toContain("plan_load");
  expect(planningAlone).not.toMatch(/import_route|get_route_job|list_vehicles/);
});
