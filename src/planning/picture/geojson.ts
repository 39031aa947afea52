import type { Coordinates } from "../../domain/place.ts";
import type { Plan, PlanRoute } from "../../domain/plan.ts";
import { endsOf, locatedStops, wayOf } from "./located-stops.ts";
import { routeLook } from "./palette.ts";

/** Longitude before latitude (RFC 7946 section 3.1.1). */
export type GeoJsonPosition = [lng: number, lat: number];

/** What a feature is drawn as; null for a stop without a position (RFC 7946 section 3.2). */
export type GeoJsonGeometry =
  | { type: "Point"; coordinates: GeoJsonPosition }
  | { type: "LineString"; coordinates: GeoJsonPosition[] }
  | null;

/** A depot, route or stop; the property `kind` says which. Properties are snake_case, as tools give them. */
export type GeoJsonFeature = {
  type: "Feature";
  geometry: GeoJsonGeometry;
  properties: Record<string, unknown>;
};

/** A plan as maps read it. */
export type GeoJsonPlan = { type: "FeatureCollection"; features: GeoJsonFeature[] };

/**
 * A plan as GeoJSON (RFC 7946): the depot, each route as a line in driving order, each stop as a point. Colours are
 * those of the picture, under the names of the simplestyle convention that GitHub and geojson.io draw by.
 */
export function planToGeoJson(plan: Plan): GeoJsonPlan {
  const { depot } = plan.options;
  return {
    type: "FeatureCollection",
    features: [
      feature(point(depot), { kind: "depot", address: depot.address ?? null, "marker-symbol": "warehouse" }),
      ...plan.routes.map((route, index) => routeFeature(plan, route, routeLook(index).color)),
      ...plan.routes.flatMap((route, index) => stopFeatures(route, routeLook(index).color)),
    ],
  };
}

function routeFeature(plan: Plan, route: PlanRoute, color: string): GeoJsonFeature {
  const { from, to } = endsOf(plan, route);
  const stops = locatedStops(route);
  const outward = wayOf(
    from,
    stops.map(({ stop, position }) => ({ stop, at: position })),
  );
  const way = [...outward, ...(to ? [to] : [])].map(toPosition);
  return feature(stops.length === 0 ? null : { type: "LineString", coordinates: way }, {
    kind: "route",
    license_plate: route.licensePlate,
    stops: route.stops.length,
    distance_meters: route.distanceMeters,
    duration_seconds: route.durationSeconds,
    depart_at: route.departAt,
    finish_at: route.finishAt,
    loads: route.loads,
    stroke: color,
    "stroke-width": 3,
  });
}

function stopFeatures(route: PlanRoute, color: string): GeoJsonFeature[] {
  const positions = new Map(locatedStops(route).map(({ stop, position }) => [stop, position]));
  return route.stops.map((stop) => {
    const position = positions.get(stop);
    return feature(position ? point(position) : null, {
      kind: "stop",
      license_plate: route.licensePlate,
      sequence: stop.sequence,
      ...(stop.trip !== undefined && { trip: stop.trip }),
      load_position: stop.loadPosition,
      shipment_ids: stop.shipmentIds,
      customer_name: stop.customerName,
      address: stop.address,
      arrive_at: stop.arriveAt,
      distance_meters: stop.distanceMeters,
      "marker-color": color,
    });
  });
}

function feature(geometry: GeoJsonGeometry, properties: Record<string, unknown>): GeoJsonFeature {
  return { type: "Feature", geometry, properties };
}

function point(coordinates: Coordinates): GeoJsonGeometry {
  return { type: "Point", coordinates: toPosition(coordinates) };
}

function toPosition({ lat, lng }: Coordinates): GeoJsonPosition {
  return [lng, lat];
}
