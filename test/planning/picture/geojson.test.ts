import { expect, test } from "vitest";
import type { Plan } from "../../../src/domain/plan.ts";
import { type GeoJsonFeature, planToGeoJson } from "../../../src/planning/picture/geojson.ts";
import { samplePlan } from "../../support/sample-plan.ts";

const plan = samplePlan({ vehicles: 3, stopsPerVehicle: 5 });

function ofKind(of: Plan, kind: string): GeoJsonFeature[] {
  return planToGeoJson(of).features.filter(({ properties }) => properties["kind"] === kind);
}

test("a plan is a collection of its depot, routes and stops", () => {
  expect(planToGeoJson(plan).type).toBe("FeatureCollection");
  expect(ofKind(plan, "depot").map(({ geometry }) => geometry)).toEqual([
    { type: "Point", coordinates: [113.2644, 23.1747] },
  ]);
  expect(ofKind(plan, "route")).toHaveLength(3);
  expect(ofKind(plan, "stop")).toHaveLength(15);
});

test("positions are longitude before latitude", () => {
  const [stop] = plan.routes[0]?.stops ?? [];
  const [feature] = ofKind(plan, "stop");
  expect(feature?.geometry).toEqual({ type: "Point", coordinates: [stop?.lng, stop?.lat] });
  expect(feature?.properties).toMatchObject({
    license_plate: "粤A·8K216",
    sequence: 1,
    load_position: 5,
    customer_name: "海珠广源布行",
    shipment_ids: [50100],
  });
});

test("a route's line goes from the depot through its stops and back where vehicles return", () => {
  const open = { ...plan, options: { ...plan.options, returnToDepot: false } };
  const [closedLine] = ofKind(plan, "route").map(({ geometry }) => geometry);
  const [openLine] = ofKind(open, "route").map(({ geometry }) => geometry);
  const depot = [113.2644, 23.1747];
  const way = plan.routes[0]?.stops.map(({ lat, lng }) => [lng, lat]) ?? [];
  expect(closedLine).toEqual({ type: "LineString", coordinates: [depot, ...way, depot] });
  expect(openLine).toEqual({ type: "LineString", coordinates: [depot, ...way] });
});

test("what has no position has no geometry, and is there all the same", () => {
  const routes = plan.routes.map((route) => ({
    ...route,
    stops: route.stops.map((stop) => ({ ...stop, lat: null, lng: null })),
  }));
  const lost = { ...plan, routes };
  expect(ofKind(lost, "stop").map(({ geometry }) => geometry)).toEqual(Array(15).fill(null));
  expect(ofKind(lost, "route").map(({ geometry }) => geometry)).toEqual([null, null, null]);
});

test("routes and their stops share a colour, and no two routes do", () => {
  const strokes = ofKind(plan, "route").map(({ properties }) => properties["stroke"]);
  expect(new Set(strokes).size).toBe(3);
  expect(ofKind(plan, "stop").map(({ properties }) => properties["marker-color"])).toEqual(
    strokes.flatMap((stroke) => Array(5).fill(stroke)),
  );
});
