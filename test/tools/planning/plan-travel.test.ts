import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connectStdio, type TestClient } from "../../support/clients.ts";
import { type OsrmServer, roadTravel, startOsrm } from "../../support/osrm-server.ts";
import { largeDay, smallDay } from "../../support/small-day.ts";
import { silence } from "../../support/vendor-server.ts";

let osrm: OsrmServer;
let client: TestClient;
beforeEach(async () => {
  osrm = await startOsrm();
  const env = { WAYBILL_MATRIX_URL: osrm.url, WAYBILL_STATE: ":memory:" };
  client = await connectStdio("v2 auto", { env });
});
afterEach(async () => {
  await client.close();
  await osrm.close();
});

type Stop = { lat: number; lng: number; distance_meters: number };
type Route = { stops: Stop[]; distance_meters: number; duration_seconds: number };
type Plan = { plan_id: string; routes: Route[]; warnings: string[] };

async function plan(args: Record<string, unknown>): Promise<Plan> {
  const result = await client.call("plan_load", args);
  expect(result.isError, result.text).toBe(false);
  return result.data as Plan;
}

const textOf = ({ lat, lng }: { lat: number; lng: number }) => `${lng.toFixed(5)},${lat.toFixed(5)}`;

/** The drives of a route by road, out and home again. */
function drivesOf({ stops }: Route) {
  const places = [smallDay.depot, ...stops, smallDay.depot].map(textOf);
  return places.slice(1).map((to, index) => {
    const { meters, seconds } = roadTravel(places[index] ?? "", to);
    return { meters: Math.round(meters), seconds: Math.round(seconds) };
  });
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe("plan_load with a source of travel times", () => {
  test("plans by its seconds and meters", async () => {
    const { routes, warnings } = await plan({ ...smallDay, service_minutes: 5 });
    expect(routes.length).toBeGreaterThan(0);
    for (const route of routes) {
      const drives = drivesOf(route);
      expect(route.stops.map((stop) => stop.distance_meters)).toEqual(
        drives.slice(0, -1).map(({ meters }) => meters),
      );
      expect(route.distance_meters).toBe(sum(drives.map(({ meters }) => meters)));
      const service = route.stops.length * 300;
      expect(route.duration_seconds).toBe(sum(drives.map(({ seconds }) => seconds)) + service);
    }
    expect(warnings.filter((warning) => warning.includes("estimated"))).toEqual([]);
    expect(osrm.requests).toHaveLength(1);
  });

  test("remembers what it was told from plan to plan", async () => {
    const first = await plan(smallDay);
    expect((await plan(smallDay)).routes).toEqual(first.routes);
    expect(osrm.requests).toHaveLength(1);
  });

  test("sends coordinates alone", async () => {
    await plan(smallDay);
    const sent = JSON.stringify(
      osrm.requests.map((request) => [decodeURIComponent(request.url), request.headers]),
    );
    expect(sent).not.toMatch(/客户|广州|坯布|粤A/);
  });

  test("names what it had to estimate, and get_plan still does", async () => {
    const island = textOf(smallDay.shipments[2]?.geo_coordinates ?? { lat: 0, lng: 0 });
    osrm.habits.isCutOff = (from, to) => from !== to && to === island;
    const { plan_id, warnings } = await plan(smallDay);
    const sentence =
      "6 of 42 drives between places are estimated (great circle × 1.3, 40 km/h): the OSRM service's map has no road for them.";
    expect(warnings).toContain(sentence);
    expect((await client.call("get_plan", { plan_id })).data["warnings"]).toContain(sentence);
  });

  test("plans by estimates when the source is out of order, as it would without one", async () => {
    osrm.habits.isDown = () => true;
    const { routes, warnings } = await plan(smallDay);
    expect(warnings.filter((warning) => warning.startsWith("42 of 42 drives"))).toEqual([
      expect.stringMatching(/40 km\/h\): the OSRM service could not be reached \(\w+\)\.$/),
    ]);
    const without = await connectStdio("v2 auto", { env: { WAYBILL_STATE: ":memory:" } });
    const { data } = await without.call("plan_load", smallDay);
    await without.close();
    expect(routes).toEqual(data["routes"]);
  });

  test("tells of its progress, travel first", async () => {
    osrm.habits.delayMilliseconds = 20;
    const seen: number[] = [];
    const result = await client.call(
      "plan_load",
      { ...largeDay(180), time_limit_seconds: 8 },
      { onprogress: ({ progress }) => seen.push(progress) },
    );
    expect(result.isError, result.text).toBe(false);
    const ofTravel = seen.filter((progress) => progress > 0 && progress <= 0.2);
    expect(ofTravel.length).toBeGreaterThan(2);
    expect(seen.some((progress) => progress > 0.2)).toBe(true);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test("is cancelled while it waits for travel times, keeps no plan and stays usable", async () => {
    osrm.answer(silence);
    const giveUp = new AbortController();
    const call = client.call("plan_load", largeDay(300), { signal: giveUp.signal });
    const ended = expect(call).rejects.toThrow();
    while (osrm.requests.length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    giveUp.abort();
    await ended;
    expect((await client.call("list_plans", {})).data["total"]).toBe(0);
    expect(osrm.requests).toHaveLength(4);
  });
});
