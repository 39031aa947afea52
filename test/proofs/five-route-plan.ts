import * as z from "zod";
import type { KillableServer } from "./server/killable-server.ts";

const routes = 5;
const stopsPerRoute = 2;

const planAnswer = z.object({
  plan_id: z.string(),
  revision: z.number(),
  routes: z.array(z.object({ license_plate: z.string() })).length(routes),
});

const knownDriver = "chen.zhiqiang@lingzhi.example";

/** The arguments of a dispatch, and the names under which its jobs must stand at the vendor. */
export type DispatchCall = {
  arguments: { plan_id: string; revision: number; drivers: Record<string, string> };
  jobs: string[];
};

let plans = 0;

/** Plans ten shipments that nobody has planned before; they fill five trucks to the last roll. */
export async function planFiveRoutes(server: KillableServer): Promise<DispatchCall> {
  const number = ++plans;
  const result = await server.call("plan_load", {
    depot: { lat: 23.1, lng: 113.2, address: "仓库" },
    start_at: "2026-11-23T08:00:00+08:00",
    // Any plan will do.
    time_limit_seconds: 0.2,
    vehicles: Array.from({ length: routes }, (_, index) => ({
      license_plate: `粤P${10_000 + number * routes + index}`,
      material_capacities: [{ material_name: "坯布", capacity: 100 }],
    })),
    shipments: Array.from({ length: routes * stopsPerRoute }, (_, index) => ({
      id: number * 100 + index,
      customer_name: `客户${index}`,
      address: `广州市天河区天河路 ${index + 1} 号`,
      geo_coordinates: { lat: 23.1 + index / 100, lng: 113.2 + ((index * 7) % 5) / 100 },
      sales_items: [{ name: "坯布", quantity: "50.00" }],
    })),
  });
  if (!result || result.isError) throw new Error(result?.text ?? "the server died over plan_load");
  const plan = planAnswer.parse(result.data);
  const plates = plan.routes.map(({ license_plate }) => license_plate);
  const drivers = Object.fromEntries(plates.map((plate) => [plate, knownDriver]));
  return {
    arguments: { plan_id: plan.plan_id, revision: plan.revision, drivers },
    jobs: plates.map((plate) => `${plan.plan_id}-${plate}`),
  };
}

const questionAnswer = z.object({ needs_confirmation: z.literal(true), confirmation: z.string() });

/** The same call with what its preview gave to confirm it. */
export async function confirmed(
  server: KillableServer,
  call: DispatchCall,
): Promise<DispatchCall["arguments"] & { confirmation: string }> {
  const preview = await server.call("dispatch_plan", call.arguments);
  if (!preview || preview.isError) throw new Error(preview?.text ?? "the server died over a preview");
  return { ...call.arguments, confirmation: questionAnswer.parse(preview.data).confirmation };
}

/** What dispatch_plan answers once it has written. */
export const dispatchAnswer = z.object({
  status: z.enum(["dispatched", "partial", "nothing"]),
  routes: z.array(z.object({ license_plate: z.string(), state: z.string(), job_id: z.string().nullish() })),
  repeated: z.boolean().optional(),
});

/** The vendor's identifiers of the jobs that an answer tells, by plate. */
export function jobsTold(data: unknown): Record<string, string> {
  const { routes: told } = dispatchAnswer.parse(data);
  return Object.fromEntries(told.map(({ license_plate, job_id }) => [license_plate, job_id ?? ""]));
}
