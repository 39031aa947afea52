import type { Config } from "../config.ts";
import { type ToolsetName, toolsetNames, vendorOfToolset } from "../domain/toolset.ts";
import { getVehicle } from "./fleet/get-vehicle.ts";
import { listUnshippedShipments } from "./fleet/list-unshipped-shipments.ts";
import { listVehicles } from "./fleet/list-vehicles.ts";
import { getPlan } from "./planning/get-plan.ts";
import { listMaterialRules } from "./planning/list-material-rules.ts";
import { listPlans } from "./planning/list-plans.ts";
import { planLoad } from "./planning/plan-load.ts";
import { renderPlan } from "./planning/render-plan.ts";
import { setMaterialRule } from "./planning/set-material-rule.ts";
import { getRouteJob } from "./routes/get-route-job.ts";
import { importRoute } from "./routes/import-route.ts";
import type { Tool } from "./tool.ts";

/** Every tool there is, by toolset, in the order clients list them. */
export const toolsets: Record<ToolsetName, readonly Tool[]> = {
  fleet: [listVehicles, getVehicle, listUnshippedShipments],
  planning: [planLoad, getPlan, listPlans, renderPlan, listMaterialRules, setMaterialRule],
  routes: [importRoute, getRouteJob],
};

/** The toolsets that a configuration serves: those it names, else those whose vendor it configures. */
export function servedToolsets(config: Config): readonly ToolsetName[] {
  if (config.toolsets !== "default") return toolsetNames.filter((name) => config.toolsets.includes(name));
  return toolsetNames.filter((name) => {
    const vendor = vendorOfToolset[name];
    return vendor === null || config[vendor] !== undefined;
  });
}

/** The tools that a configuration serves; read-only mode leaves out what writes. */
export function servedTools(config: Config): readonly Tool[] {
  return servedToolsets(config)
    .flatMap((name) => toolsets[name])
    .filter(({ access }) => !config.isReadOnly || access === "read");
}
