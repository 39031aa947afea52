import type { Absence } from "../absence.ts";
import type { Routes } from "../routes.ts";
import { push } from "../stop-pool.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";
import { settleRoute } from "./settle-route.ts";
import { takeOff } from "./take-off.ts";

/**
 * Ends a round for groups that must ride together: where one stop of a group is left out, the others leave their route
 * as well, and with them what the shorter route can't keep. All of them join `absence.trial`.
 */
export function breakUpGroups(context: { routes: Routes; choice: VehicleChoice; absence: Absence }): void {
  const { routes, choice, absence } = context;
  const { company, routeOf, model } = routes;
  if (!company || !model.hasGroups) return;
  const { trial } = absence;
  keepUnserved(routes, absence);
  for (let place = 0; place < trial.count; place++) {
    const stop = trial.stops[place]!;
    const route = company.routeOfMates(routeOf, stop);
    if (route < 0) continue;
    for (const mate of company.mates[stop]!) {
      if (routeOf[mate]! < 0) continue;
      takeOff(routes, trial, mate);
    }
    settleRoute({ routes, choice, removed: trial }, route);
  }
}

/** Stops in the pool may have been served with their group since. */
function keepUnserved({ routeOf }: Routes, { trial }: Absence): void {
  const { stops, count } = trial;
  trial.count = 0;
  for (let place = 0; place < count; place++) if (routeOf[stops[place]!]! < 0) push(trial, stops[place]!);
}
