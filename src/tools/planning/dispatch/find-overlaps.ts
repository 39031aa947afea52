import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import type { PlanRoute } from "../../../domain/plan.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { Store } from "../../../state/open-store.ts";

/** A route and who drives it, of this plan or of another. */
export type DrivenBy = {
  route: Pick<PlanRoute, "licensePlate" | "departAt" | "finishAt">;
  /** Left out where nobody is known to drive. */
  driverEmail?: string;
  /** Left out for the plan that is dispatched, or made. */
  planId?: string;
};

/** A driver or a vehicle that would be on two routes at a time, one sentence each. */
export function findOverlaps(own: readonly DrivenBy[], others: readonly DrivenBy[]): string[] {
  const pairs = own.flatMap((one, index) =>
    [...own.slice(index + 1), ...others].map((other) => ({ one, other })),
  );
  return pairs
    .filter(({ one, other }) => overlap(one.route, other.route))
    .flatMap(({ one, other }) => {
      const elsewhere = other.planId === undefined ? "" : ` of plan ${other.planId}`;
      const when = `${clock(other.route.departAt)} to ${clock(other.route.finishAt)}`;
      if (other.planId !== undefined && one.route.licensePlate === other.route.licensePlate)
        return [`${one.route.licensePlate} is out with plan ${other.planId} at that time, ${when}.`];
      if (!one.driverEmail || one.driverEmail.toLowerCase() !== other.driverEmail?.toLowerCase()) return [];
      const both = `${one.route.licensePlate} and ${other.route.licensePlate}`;
      return [`${quote(one.driverEmail, 60)} would drive ${both}${elsewhere} at the same time, ${when}.`];
    });
}

/** Weeks of dispatching: whatever is still on the road is among them. */
const mostRoutes = 300;

/** The routes of other plans that are out with one of these vehicles or drivers. */
export async function routesElsewhere(
  { dispatches, plans }: Pick<Store, "dispatches" | "plans">,
  { planId, own }: { planId?: string; own: readonly DrivenBy[] },
): Promise<DrivenBy[]> {
  const plates = new Set(own.map(({ route }) => route.licensePlate));
  const emails = new Set(own.flatMap(({ driverEmail }) => driverEmail?.toLowerCase() ?? []));
  const latest = await dispatches.latest(mostRoutes);
  const alike = latest
    .filter((one) => one.planId !== planId && one.state !== "refused")
    .filter((one) => plates.has(one.licensePlate) || emails.has(one.driverEmail.toLowerCase()));
  const found: DrivenBy[] = [];
  for (const dispatch of alike) {
    const route = dispatch.driven ?? (await plannedRoute({ plans }, dispatch));
    if (route) found.push({ route, driverEmail: dispatch.driverEmail, planId: dispatch.planId });
  }
  return found;
}

async function plannedRoute(
  { plans }: Pick<Store, "plans">,
  { planId, revision, licensePlate }: DispatchedRoute,
): Promise<PlanRoute | undefined> {
  const plan = await plans.get(planId, revision);
  return plan.routes.find((route) => route.licensePlate === licensePlate);
}

type Span = Pick<PlanRoute, "departAt" | "finishAt">;

function overlap(a: Span, b: Span): boolean {
  return Date.parse(a.departAt) < Date.parse(b.finishAt) && Date.parse(b.departAt) < Date.parse(a.finishAt);
}

function clock(instant: string): string {
  return `${instant.slice(5, 10)} ${instant.slice(11, 16)}`;
}
