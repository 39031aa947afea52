import { expect, test } from "vitest";
import { accessToken, importRoute, runningSandbox } from "../running-sandbox.ts";
import { closedRoute, stopAt } from "./sample-route.ts";

const sandbox = runningSandbox();

async function send(body: unknown) {
  return importRoute(sandbox(), body, { token: await accessToken(sandbox()) });
}

const route = (...addresses: string[]) => ({
  ...closedRoute("JOB-1"),
  stops: addresses.map((address, index) => ({ external_stop_id: `S-${index}`, address })),
});

test("a street of the factory's areas is found in that area, at the same place every time", async () => {
  const { body } = await send(route("广州市天河区体育东路12号", "佛山市禅城区祖庙路8号"));
  const again = await send({ ...route("广州市天河区体育东路12号"), external_job_id: "JOB-2" });
  const [first, second] = body.stops;
  expect(Math.abs(first.latitude - 23.1345)).toBeLessThan(0.01);
  expect(Math.abs(second.longitude - 113.1132)).toBeLessThan(0.01);
  expect(again.body.stops[0]).toMatchObject({ latitude: first.latitude, longitude: first.longitude });
});

test("an address that nobody can find is imported without a position, last and told in a warning", async () => {
  const { status, body } = await send(
    route("广州市番禺区（详细地址待确认）", "广州市天河区五山路1号", "广州市天河区五山路300号", "？"),
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ stops_imported: 4, stops_geocoded: 2, stops_geocode_failed: 2 });
  expect(body.stops.map((stop: { external_stop_id: string }) => stop.external_stop_id)).toEqual([
    ...["S-1", "S-2"],
    ...["S-0", "S-3"],
  ]);
  expect(body.stops[2]).toMatchObject({ latitude: null, longitude: null, sort_order: 2 });
  const codes = body.warnings.map(({ code }: { code: string }) => code);
  expect(codes).toEqual(["ADDRESS_GEOCODED", "GEOCODE_FAILED", "GEOCODE_FAILED", "ROUTE_OPTIMIZED"]);
});

test("coordinates that come with a stop are kept, and one alone does not count", async () => {
  const halfKnown = { external_stop_id: "B", address: "广州市天河区五山路1号", latitude: 10 };
  const { body } = await send({ ...closedRoute("JOB-1"), stops: [stopAt("A", 23.1, 113.2), halfKnown] });
  expect(body.stops_geocoded).toBe(1);
  expect(body.stops[0]).toMatchObject({ latitude: 23.1, longitude: 113.2 });
  expect(body.stops[1].latitude).toBeCloseTo(23.15, 1);
});

test("with fewer than two positions there is no optimisation", async () => {
  const { body } = await send(route("广州市天河区五山路1号", "unresolvable place"));
  expect(body.optimization).toBeNull();
  expect(body.warnings.map(({ code }: { code: string }) => code)).not.toContain("ROUTE_OPTIMIZED");
});
