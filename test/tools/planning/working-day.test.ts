import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { estimateTokens } from "../../../src/tools/answer-size.ts";
import { connectStdio, type TestClient } from "../../support/clients.ts";
import { workingDay, workingMaterials } from "../../support/working-day.ts";

let client: TestClient;
beforeAll(async () => {
  client = await connectStdio("v2 auto", { env: { WAYBILL_TOOLSETS: "planning" } });
});
afterAll(() => client.close());

type Stop = { shipment_ids: number[]; arrive_at: string };
type Route = {
  license_plate: string;
  loads: { material: string; quantity: string; capacity: number }[];
  stops: Stop[];
};

/** All of a plan's routes, whole, as an agent reads them: one by one where the plan's answer is cut. */
async function readRoutes(planId: unknown): Promise<Route[]> {
  const routes: Route[] = [];
  for (let more = true; more; ) {
    const { data } = await client.call("get_plan", { plan_id: planId, from_route: routes.length + 1 });
    routes.push(...(data["routes"] as Route[]));
    more = data["routes_omitted"] !== undefined;
  }
  for (const route of routes) {
    route.stops = [];
    for (let more = true; more; ) {
      const { data } = await client.call("get_plan", {
        plan_id: planId,
        license_plate: route.license_plate,
        from_sequence: route.stops.length + 1,
      });
      const [read] = data["routes"] as (Route & { stops_omitted?: number })[];
      route.stops.push(...read!.stops);
      more = read!.stops_omitted !== undefined;
    }
  }
  return routes;
}

/** What the shipments carry of a material, in halves so that it is whole. */
function halvesOf(ids: readonly number[], material: string): number {
  const items = workingDay.shipments.filter(({ id }) => ids.includes(id)).flatMap((one) => one.sales_items);
  return items.reduce((sum, { name, quantity }) => sum + (name === material ? 2 * Number(quantity) : 0), 0);
}

describe("plan_load of 300 shipments, 20 vehicles and 5 materials", () => {
  test("tells how far it is, serves all within room and windows, and answers within the size of an answer", async () => {
    const progress: number[] = [];
    const made = await client.call(
      "plan_load",
      { ...workingDay, time_limit_seconds: 15 },
      { onprogress: (step) => progress.push(step.progress) },
    );
    expect(made.isError, made.text).toBe(false);
    expect(progress.length).toBeGreaterThan(2);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(estimateTokens(made.text + JSON.stringify(made.data))).toBeLessThanOrEqual(10_000);
    expect(made.data["unassigned"]).toEqual([]);
    expect(made.data["quality"]).toMatchObject({
      status: "gap",
      gap_to: "vehicles",
      shipments_assigned: 300,
    });

    const routes = await readRoutes(made.data["plan_id"]);
    const served = routes.flatMap(({ stops }) => stops.flatMap(({ shipment_ids: ids }) => ids));
    expect(served.toSorted((a, b) => a - b)).toEqual(workingDay.shipments.map(({ id }) => id));
    for (const { license_plate: plate, stops, loads } of routes) {
      const own = workingDay.vehicles.find((vehicle) => vehicle.license_plate === plate)!;
      const ids = stops.flatMap((stop) => stop.shipment_ids);
      for (const [index, material] of workingMaterials.entries()) {
        const halves = halvesOf(ids, material);
        expect(halves).toBeLessThanOrEqual(2 * own.material_capacities[index]!.capacity);
        expect(2 * Number(loads.find((load) => load.material === material)?.quantity)).toBe(halves);
      }
    }
    const arrivals = new Map(
      routes.flatMap(({ stops }) =>
        stops.flatMap((stop) => stop.shipment_ids.map((id) => [id, stop.arrive_at])),
      ),
    );
    for (const { shipment_id: id, start_at, end_at } of workingDay.time_windows) {
      const arrival = Date.parse(arrivals.get(id)!);
      expect(arrival).toBeGreaterThanOrEqual(Date.parse(start_at));
      expect(arrival).toBeLessThanOrEqual(Date.parse(end_at));
    }
  });

  test("ends when it is cancelled, keeps no plan of it, and works on", async () => {
    const before = (await client.call("list_plans", {})).data["total"];
    const abort = new AbortController();
    const call = client.call(
      "plan_load",
      { ...workingDay, time_limit_seconds: 300 },
      { signal: abort.signal, onprogress: ({ progress }) => progress > 0 && abort.abort() },
    );
    await expect(call).rejects.toThrow();
    expect(abort.signal.aborted).toBe(true);
    expect((await client.call("list_plans", {})).data["total"]).toBe(before);
  });
});
