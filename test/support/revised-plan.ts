import type { NewPlan } from "../../src/state/plans.ts";
import type { PlanningWorld, ToolError } from "./planning-world.ts";

/** Three trucks and nine shipments of 100 of 坯布 on a line east of the depot. */
const lineDay = {
  depot: { lat: 23.1, lng: 113.2, address: "仓库" },
  start_at: "2026-11-23T08:00:00+08:00",
  time_limit_seconds: 20,
  vehicles: [
    { license_plate: "粤A11111", material_capacities: [{ material_name: "坯布", capacity: 400 }] },
    { license_plate: "粤A22222", material_capacities: [{ material_name: "坯布", capacity: 400 }] },
    { license_plate: "粤A33333", material_capacities: [{ material_name: "坯布", capacity: 500 }] },
  ],
  shipments: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => ({
    id,
    customer_name: `客户${id}`,
    address: `番禺区 ${id} 号`,
    geo_coordinates: { lat: 23.1, lng: 113.2 + id / 50 },
    sales_items: [{ name: "坯布", quantity: "100" }],
  })),
};

/** The routes that it begins with: by plate the shipments in driving order. */
const firstRoutes: Record<string, number[]> = {
  粤A11111: [1, 2, 3, 4],
  粤A22222: [5, 6, 7],
  粤A33333: [8, 9],
};

/** A plan under revision. */
export type RevisedPlan = {
  planId: string;
  /** Changes its newest revision. */
  revise: (changes: object[], more?: Record<string, unknown>) => Promise<Record<string, unknown>>;
  /** The same, for changes that have to be refused: the error, and nothing has changed. */
  refused: (changes: object[], more?: Record<string, unknown>) => Promise<ToolError>;
  /** By plate the shipments of each stop in driving order, of the newest revision. */
  routes: () => Promise<Record<string, unknown[]>>;
  revision: () => Promise<number>;
};

/** The line day as a plan with known routes and no locks. */
export async function reviseLineDay(world: PlanningWorld): Promise<RevisedPlan> {
  lineDayPlan ??= planLineDay(world);
  const { planId } = await world.store.plans.save(await lineDayPlan);
  return revisedPlan(world, planId);
}

let lineDayPlan: Promise<NewPlan> | undefined;

/** Planned once, with every stop locked to its place, and then unlocked. */
async function planLineDay(world: PlanningWorld): Promise<NewPlan> {
  const locks = Object.entries(firstRoutes).flatMap(([license_plate, ids]) =>
    ids.map((shipment_id, index) => ({ shipment_id, license_plate, position: index + 1 })),
  );
  const { plan_id } = await world.done("plan_load", { ...lineDay, locks });
  const plan = revisedPlan(world, String(plan_id));
  await plan.revise(Object.keys(firstRoutes).map((license_plate) => ({ op: "unlock", license_plate })));
  const {
    planId: _,
    revision: __,
    createdAt: ___,
    changesFingerprint: ____,
    ...made
  } = await world.store.plans.get(plan.planId);
  return made;
}

/** A plan that is there, under revision. */
export function revisedPlan(world: PlanningWorld, planId: string): RevisedPlan {
  const newest = () => world.store.plans.get(planId);
  const revision = async () => (await newest()).revision;
  const call = async (changes: object[], more: Record<string, unknown> = {}) => ({
    plan_id: planId,
    revision: await revision(),
    ...(changes.length > 0 && { changes }),
    ...more,
  });
  return {
    planId,
    revision,
    revise: async (changes, more) => world.done("revise_plan", await call(changes, more)),
    refused: async (changes, more) => {
      const before = await newest();
      const error = await world.refused("revise_plan", await call(changes, more));
      const after = await newest();
      if (JSON.stringify(after) !== JSON.stringify(before)) throw new Error("a refused change was kept");
      return error;
    },
    routes: async () => {
      const { routes } = await newest();
      return Object.fromEntries(
        routes.map(({ licensePlate, stops }) => [
          licensePlate,
          stops.flatMap(({ shipmentIds }) => shipmentIds),
        ]),
      );
    },
  };
}
