import type { App } from "../../../app.ts";
import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import type { Plan, PlanRoute } from "../../../domain/plan.ts";
import type { RouteImport } from "../../../domain/route-job.ts";
import type { Store } from "../../../state/open-store.ts";
import { buildImport, externalJobIdOf, importObstacles } from "./build-import.ts";
import { chooseRoutes, newestPlan, type WantedRoutes } from "./choose-routes.ts";
import { findDifferences } from "./find-differences.ts";
import { type DrivenBy, findOverlaps, routesElsewhere } from "./find-overlaps.ts";
import { dispatchesAsDriven } from "./keep-driven.ts";
import { type DriverStanding, knownDrivers } from "./known-drivers.ts";
import { readErp } from "./read-erp.ts";
import { shipmentsElsewhere } from "./shipments-elsewhere.ts";
import { importOfStanding } from "./standing-import.ts";

/** One route on its way out. */
export type RouteIntent = {
  licensePlate: string;
  route: PlanRoute;
  externalJobId: string;
  /** Null where nobody is known to drive. */
  driver: { email: string; standing: DriverStanding } | null;
  /** What is, or was, sent; null without a driver. */
  import: RouteImport | null;
  /** Where it is out already, or may be. */
  standing: DispatchedRoute | null;
  /** Why it is not sent; none when it may go. */
  obstacles: string[];
  /** What a person should know before it goes. */
  notes: string[];
};

/** What a call of dispatch_plan would do. */
export type Dispatch = {
  plan: Plan;
  intents: RouteIntent[];
  /** What is no route's alone. */
  warnings: string[];
};

type Context = { app: App; store: Store; plan: Plan; wanted: WantedRoutes; signal: AbortSignal };

/** Whether the route is to be sent now, or on its way before and to be brought to an end. */
export function isToSend({ standing, obstacles }: RouteIntent): boolean {
  return standing ? standing.state !== "dispatched" : obstacles.length === 0;
}

/**
 * Finds out everything about a dispatch: what is written, to whom, what of it is out already, and what stands against
 * it in Waybill's own state and in the ERP. Writes nothing at any vendor.
 */
export async function prepareDispatch(
  wanted: WantedRoutes,
  app: App,
  { signal }: { signal: AbortSignal },
): Promise<Dispatch> {
  const store = await app.store();
  const plan = await newestPlan(store, wanted);
  const routes = chooseRoutes(plan, wanted);
  const context = { app, store, plan, wanted, signal };
  const intents = await readIntents(context, routes);
  const fresh = intents.filter(({ standing }) => standing === null);
  const warnings = fresh.length === 0 ? [] : await findObstacles(context, fresh);
  return { plan, intents, warnings: [...warnings, ...(await overlapsOf(context, intents))] };
}

async function readIntents(context: Context, routes: readonly PlanRoute[]): Promise<RouteIntent[]> {
  const { app, store, plan, wanted } = context;
  const [out, drivers, standingOf] = await Promise.all([
    dispatchesAsDriven(app, plan),
    store.drivers.of(routes.map(({ licensePlate }) => licensePlate)),
    knownDrivers(store),
  ]);
  return Promise.all(
    routes.map(async (route): Promise<RouteIntent> => {
      const { licensePlate } = route;
      const standing =
        out.find((one) => one.licensePlate === licensePlate && one.state !== "refused") ?? null;
      const given = wanted.drivers?.[licensePlate] ?? drivers.get(licensePlate)?.driverEmail;
      const email = standing?.driverEmail ?? given;
      const sent = standing ? await importOfStanding(store, standing) : undefined;
      return {
        licensePlate,
        route,
        externalJobId: standing?.externalJobId ?? externalJobIdOf(plan, licensePlate),
        driver: email === undefined ? null : { email, standing: standingOf(email) },
        import: sent ?? (email === undefined ? null : buildImport({ plan, route, driverEmail: email })),
        standing,
        obstacles: [],
        notes: standing ? notesOnStanding(standing, wanted.drivers?.[licensePlate]) : [],
      };
    }),
  );
}

/** Nothing can be changed at RouteMate: another driver comes too late. */
function notesOnStanding(
  { driverEmail, licensePlate }: DispatchedRoute,
  wanted: string | undefined,
): string[] {
  if (wanted === undefined || wanted.toLowerCase() === driverEmail.toLowerCase()) return [];
  return [
    `${licensePlate} went to ${driverEmail} already: another driver can't be set at RouteMate any more.`,
  ];
}

/** Fills in what stands against routes that are not out yet; gives what is no route's alone. */
async function findObstacles(context: Context, fresh: readonly RouteIntent[]): Promise<string[]> {
  const { app, store, plan, signal } = context;
  const base = plan.revision === 1 ? plan : await store.plans.get(plan.planId, 1);
  const routes = fresh.map(({ route }) => route);
  const [erp, elsewhere] = await Promise.all([
    readErp(app, { plan, base, routes }, signal),
    shipmentsElsewhere(store, plan, routes),
  ]);
  for (const intent of fresh) {
    const { route, obstacles, notes, licensePlate, driver } = intent;
    if (!driver) obstacles.push(`Nobody is known to drive ${licensePlate}.`);
    obstacles.push(...importObstacles(plan, route), ...elsewhere.blocking(route));
    notes.push(...elsewhere.notes(route));
    for (const { isBlocking, message } of erp ? findDifferences({ plan, base, erp }, route) : []) {
      (isBlocking ? obstacles : notes).push(message);
    }
  }
  return erp ? [] : ["The ERP is not configured here, so nobody has checked whether the plan still fits it."];
}

async function overlapsOf({ store, plan }: Context, intents: readonly RouteIntent[]): Promise<string[]> {
  const own = intents.flatMap(({ route, driver, standing }): DrivenBy[] =>
    driver ? [{ route: standing?.driven ?? route, driverEmail: driver.email }] : [],
  );
  return findOverlaps(own, await routesElsewhere(store, { planId: plan.planId, own }));
}
