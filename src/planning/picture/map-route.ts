import type { PlanRoute, PlanStop } from "../../domain/plan.ts";
import type { Point } from "./geometry.ts";
import type { RouteLook } from "./palette.ts";

/** A stop on the map: where it is, and where its marker stands so that no other covers it. */
export type MapStop = { stop: PlanStop; at: Point; marker: Point };

/** A route with its places on the map. */
export type MapRoute = {
  route: PlanRoute;
  look: RouteLook;
  stops: MapStop[];
  /** Where it leaves, and where it goes after its last stop, if anywhere. */
  from: Point;
  to: Point | undefined;
};
