import type { Plan } from "../../domain/plan.ts";
import { depotRadius } from "./depot-marker.ts";
import { type Frame, type Point, shrink } from "./geometry.ts";
import { endsOf, type LocatedStop, locatedStops } from "./located-stops.ts";
import type { MapRoute } from "./map-route.ts";
import { routeLook } from "./palette.ts";
import { placeMarkers } from "./place-markers.ts";
import { fitProjection } from "./projection.ts";
import { leastRadiusWithNumber, markerRadius } from "./stop-markers.ts";

/** Stops keep this much off the frame's edge, so that markers and plates have room, pixels. */
const margin = 36;

/** A plan's routes with their places in a frame. */
export type LocatedPlan = { depot: Point; routes: MapRoute[]; metersPerPixel: number; radius: number };

/** Finds the scale at which a plan fits into the frame, and the place of every stop and its marker. */
export function locateRoutes(plan: Plan, frame: Frame): LocatedPlan {
  const stops = plan.routes.map(locatedStops);
  const ends = plan.routes.map((route) => endsOf(plan, route));
  const positions = [
    plan.options.depot,
    ...stops.flat().map(({ position }) => position),
    ...ends.flatMap(({ from, to }) => (to ? [from, to] : [from])),
  ];
  const { metersPerPixel, toPoint } = fitProjection(positions, shrink(frame, margin));
  const depot = toPoint(plan.options.depot);
  const radius = markerRadius(stops.flat().length);
  const markers = standMarkers(stops.flat(), toPoint, { radius, frame: shrink(frame, radius + 3), depot });
  const routes = plan.routes.map((route, index) => ({
    route,
    look: routeLook(index),
    from: toPoint(ends[index]!.from),
    to: ends[index]!.to && toPoint(ends[index]!.to),
    stops: (stops[index] ?? []).map(({ stop, position }) => {
      const at = toPoint(position);
      return { stop, at, marker: markers.get(stop) ?? at };
    }),
  }));
  return { depot, routes, metersPerPixel, radius };
}

/** Where each stop's marker stands. Numbers keep off each other and the depot; plain dots stay at their stops. */
function standMarkers(
  stops: LocatedStop[],
  toPoint: (position: LocatedStop["position"]) => Point,
  { radius, frame, depot }: { radius: number; frame: Frame; depot: Point },
): Map<LocatedStop["stop"], Point> {
  if (radius < leastRadiusWithNumber) return new Map();
  const points = stops.map(({ position }) => toPoint(position));
  const markers = placeMarkers(points, { radius, frame, taken: [{ ...depot, radius: depotRadius }] });
  return new Map(stops.flatMap(({ stop }, index) => (markers[index] ? [[stop, markers[index]]] : [])));
}
