import type { DispatchedRoute } from "../../../src/domain/dispatch.ts";
import type { Plan, PlanRoute } from "../../../src/domain/plan.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import type { World } from "../server/world.ts";
import type { Model, ModelPlan } from "./model.ts";

type VendorJob = Sandbox["jobs"][number];

/** Everything that is untrue at this moment, as sentences; takes into the model what is frozen by now. */
export async function faultsIn({ store, sandbox }: World, model: Model): Promise<string[]> {
  const faults: string[] = [];
  for (const plan of model.plans) {
    const newest = await store.plans.get(plan.planId);
    const claims = await store.dispatches.ofPlan(plan.planId);
    await freeze({ store }, plan, claims);
    faults.push(
      ...revisionFaults(plan, newest),
      ...placeFaults(model, plan, newest),
      ...capacityFaults(plan, newest),
      ...frozenFaults(plan, newest),
      ...claimFaults(model, claims, jobsOf(sandbox, plan)),
    );
  }
  return [...faults, ...vendorFaults(model, sandbox)];
}

/** What the vendor holds of a plan. */
export function jobsOf({ jobs }: Sandbox, { planId }: Pick<ModelPlan, "planId">): VendorJob[] {
  return jobs.filter(({ external_job_id }) => external_job_id.startsWith(`${planId}-`));
}

/** A route that may be out stays as it was in the revision that it was claimed from; one that was refused is free. */
async function freeze({ store }: Pick<World, "store">, plan: ModelPlan, claims: DispatchedRoute[]) {
  const out = claims.filter(({ state }) => state !== "refused");
  for (const plate of plan.frozen.keys())
    if (!out.some(({ licensePlate }) => licensePlate === plate)) plan.frozen.delete(plate);
  for (const { licensePlate, revision } of out) {
    if (plan.frozen.has(licensePlate)) continue;
    const { routes } = await store.plans.get(plan.planId, revision);
    plan.frozen.set(licensePlate, bytesOf(routes, licensePlate));
  }
}

function bytesOf(routes: readonly PlanRoute[], plate: string): string {
  return JSON.stringify(routes.find(({ licensePlate }) => licensePlate === plate) ?? null);
}

function revisionFaults({ planId, revision }: ModelPlan, newest: Plan): string[] {
  return newest.revision === revision
    ? []
    : [`${planId} is at revision ${newest.revision} where the model is at ${revision}`];
}

function frozenFaults({ planId, frozen }: ModelPlan, { routes }: Plan): string[] {
  return [...frozen].flatMap(([plate, bytes]) =>
    bytesOf(routes, plate) === bytes ? [] : [`the route of ${plate} in ${planId} was out and has changed`],
  );
}

/** A shipment of a plan is on routes with all that it has, or on none of them and told as left out. */
function placeFaults({ town }: Model, plan: ModelPlan, { routes, unassigned }: Plan): string[] {
  const items = routes.flatMap(({ stops }) => stops.flatMap((stop) => stop.items));
  const leftOut = new Set(unassigned.map(({ shipmentId }) => String(shipmentId)));
  return [...plan.shipments].flatMap((id) => {
    const wanted = town.shipments.find((shipment) => shipment.id === id)?.quantity ?? 0;
    const assigned = items
      .filter(({ shipmentId }) => String(shipmentId) === id)
      .reduce((sum, { quantity }) => sum + Number(quantity), 0);
    const expected = leftOut.has(id) ? 0 : wanted;
    return assigned === expected
      ? []
      : [`${plan.planId} has ${assigned} of ${id} on routes, not ${expected}`];
  });
}

/** Worked out from the stops' goods and the vehicles' own room, trip by trip. */
function capacityFaults({ planId, capacities }: ModelPlan, { routes }: Plan): string[] {
  return routes.flatMap(({ licensePlate, stops }) => {
    const loaded = new Map<string, number>();
    for (const { trip = 1, items } of stops) {
      for (const { material, quantity } of items) {
        const key = `${trip} ${material}`;
        loaded.set(key, (loaded.get(key) ?? 0) + Number(quantity));
      }
    }
    return [...loaded].flatMap(([key, quantity]) => {
      const [trip, material = ""] = key.split(" ");
      const room = capacities.get(licensePlate)?.get(material) ?? 0;
      return quantity <= room
        ? []
        : [`${planId} loads ${quantity} ${material} on trip ${trip} of ${licensePlate}, which holds ${room}`];
    });
  });
}

/** What the state says of a plan's routes against the jobs that the vendor holds of it. */
function claimFaults({ town }: Model, claims: DispatchedRoute[], jobs: VendorJob[]): string[] {
  const stray = jobs.filter(
    (job) =>
      !claims.some(
        ({ externalJobId, state }) => externalJobId === job.external_job_id && state !== "refused",
      ),
  );
  return [
    ...stray.map(({ external_job_id }) => `the vendor holds ${external_job_id}, which is not claimed`),
    ...claims.flatMap((claim) => {
      const job = jobs.find(({ external_job_id }) => external_job_id === claim.externalJobId);
      if (claim.state === "dispatched" && claim.jobId !== job?.job_id)
        return [`${claim.externalJobId} is out as ${claim.jobId}, at the vendor as ${job?.job_id}`];
      if (!job) return [];
      const sent = sorted(job.stops.flatMap((stop) => town.shipmentsIn(stop.external_stop_id)));
      const claimed = sorted(claim.shipmentIds.map(String));
      return sent === claimed
        ? []
        : [`${claim.externalJobId} was claimed with ${claimed} and sent with ${sent}`];
    }),
  ];
}

/** Each shipment is out once, and once more for each time that it was released; only a split one rides twice at once. */
function vendorFaults({ town, plans, releases }: Model, sandbox: Sandbox): string[] {
  const jobs = plans.flatMap((plan) => jobsOf(sandbox, plan).map((job) => ({ job, planId: plan.planId })));
  const names = jobs.map(({ job }) => job.external_job_id);
  const doubled = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...doubled.map((name) => `the vendor holds ${name} twice`),
    ...town.shipments.flatMap(({ id }) => {
      const carrying = jobs.filter(({ job }) =>
        job.stops.some((stop) => town.shipmentsIn(stop.external_stop_id).includes(id)),
      );
      const times = new Set(carrying.map(({ planId }) => planId)).size;
      const allowed = 1 + (releases.get(id) ?? 0);
      return times <= allowed ? [] : [`${id} is out with ${times} plans, and may be with ${allowed}`];
    }),
  ];
}

function sorted(ids: readonly string[]): string {
  return [...new Set(ids)].sort().join(" ");
}
