import * as z from "zod";
import { vehicleAnswer } from "../../tools/fleet/vehicle-fields.ts";
import type { PlanAnswer, ToolAnswer } from "./connect.ts";

type Say = (line: string) => void;

/** The fleet as a table: a row a vehicle, a column a material. */
export function showVehicles({ data }: ToolAnswer, say: Say): void {
  const { vehicles } = z.object({ vehicles: z.array(vehicleAnswer) }).parse(data);
  for (const { license_plate, name, material_capacities } of vehicles) {
    const capacities = material_capacities.map(
      ({ material_name, capacity }) => `${material_name} ${capacity} 条`,
    );
    say(`  ${license_plate}  ${capacities.join("  ")}  ${name ?? ""}`);
  }
}

/** The plan by vehicle: loads as bars, stops in driving order with their place in the loading order. */
export function showPlan(plan: PlanAnswer, say: Say): void {
  for (const route of plan.routes) {
    const kilometers = (route.distance_meters / 1000).toFixed(1);
    say(`${route.license_plate}: ${kilometers} km, ${time(route.depart_at)} to ${time(route.finish_at)}`);
    for (const { material, quantity, capacity, fill } of route.loads) {
      say(`  ${bar(fill)} ${Math.round(fill * 100)} %  ${material} ${quantity} of ${capacity} 条`);
    }
    for (const stop of route.stops) {
      const where = stop.lat === null ? `${stop.address ?? ""} (no position: last)` : (stop.address ?? "");
      say(
        `  ${String(stop.sequence).padStart(3)}. ${time(stop.arrive_at)} ${stop.customer_name ?? ""}, ${where} [load ${stop.load_position}]`,
      );
    }
    if (route.stops_omitted) say(`       … and ${route.stops_omitted} stops more`);
  }
  for (const { shipment_id, reason, message } of plan.unassigned)
    say(`Left out ${shipment_id} (${reason}): ${message}`);
  for (const warning of plan.warnings) say(`Note: ${warning}`);
  say(`Quality: ${plan.quality.status}. ${plan.quality.reason}`);
}

function bar(fill: number): string {
  const filled = Math.max(0, Math.min(20, Math.round(fill * 20)));
  return "█".repeat(filled) + "░".repeat(20 - filled);
}

/** Hours and minutes in the answer's own offset. */
function time(instant: string): string {
  return instant.slice(11, 16);
}
