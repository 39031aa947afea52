import { readFileSync } from "node:fs";
import type { Answer, Instance } from "../../bench/instances/instance.ts";

/** Reads a solution as PyVRP's collection publishes it: it names places, and route n is driven by vehicle n. */
export function readPublishedAnswer(path: string, { fleet, stops }: Instance): Answer {
  const typeOf = fleet.flatMap(({ count }, type) => Array<number>(Math.min(count, stops.length)).fill(type));
  const stopAt = new Map(stops.map(({ place }, stop) => [place, stop]));
  const lines = readFileSync(path, "utf8").matchAll(/^Route #(\d+):(.*)$/gm);
  const routes = [...lines].map(([, route, visits = ""]) => ({
    vehicleType: typeOf[Number(route) - 1] ?? -1,
    stops: [...visits.matchAll(/\d+/g)].map(([place]) => stopAt.get(Number(place)) ?? -1),
  }));
  return { routes: routes.filter((route) => route.stops.length > 0) };
}
