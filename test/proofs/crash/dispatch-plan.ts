import { compareHoldings, type Findings } from "../compare-holdings.ts";
import { confirmed, dispatchAnswer, jobsTold, planFiveRoutes } from "../five-route-plan.ts";
import type { KillableServer } from "../server/killable-server.ts";
import type { Place, Scenario } from "./scenario.ts";

/** A plan of five routes is dispatched under one confirmation. */
export const dispatchPlan: Scenario = {
  name: "a dispatch of five routes",
  writes: { path: "/routemate/v1/integration-import", times: 5 },
  prepare: async (place, server) => {
    const dispatch = await planFiveRoutes(server);
    const call = await confirmed(server, dispatch);
    return {
      call: async (killable) => {
        const result = await killable.call("dispatch_plan", call);
        if (!result) return undefined;
        const answer = dispatchAnswer.safeParse(result.data);
        return { isThrough: answer.data?.status === "dispatched", text: result.text };
      },
      check: async (killable) => {
        const planId = dispatch.arguments.plan_id;
        const held = place.sandbox.jobs.filter(({ external_job_id }) => external_job_id.startsWith(planId));
        const findings = compareHoldings(
          dispatch.jobs,
          held.map(({ external_job_id }) => external_job_id),
        );
        const jobs = new Map(held.map(({ external_job_id, job_id }) => [external_job_id, job_id]));
        findings.faults.push(...(await compareLedger(place, { planId, jobs })));
        findings.faults.push(...(await compareRepeat(place, killable, { call, jobs })));
        return findings;
      },
    };
  },
};

type Held = { planId: string; jobs: Map<string, string> };

/** What the list of writes and the dispatched routes say against the vendor's jobs. */
async function compareLedger({ store }: Place, { planId, jobs }: Held): Promise<Findings["faults"]> {
  const routes = await store.dispatches.ofPlan(planId);
  const { items } = await store.writes.list({ tool: "dispatch_plan", limit: 500 });
  const writes = items.filter(({ naturalKey }) => naturalKey?.startsWith(planId));
  const open = writes.filter(({ state }) => state !== "done");
  const untrue = routes.filter(
    ({ externalJobId, state, jobId }) => state !== "dispatched" || jobs.get(externalJobId) !== jobId,
  );
  return [
    ...(routes.length === jobs.size ? [] : [`${routes.length} routes are claimed for ${jobs.size} jobs`]),
    ...untrue.map(({ externalJobId, state, jobId }) => `${externalJobId} is ${state} as job ${jobId}`),
    ...(writes.length === jobs.size ? [] : [`the ledger has ${writes.length} writes for ${jobs.size} jobs`]),
    ...open.map(({ naturalKey, state }) => `the write of ${naturalKey} is ${state}`),
    ...routes
      .filter(({ driven }) => !driven)
      .map(({ externalJobId }) => `${externalJobId} has no driven order`),
  ];
}

/** The confirmation again is a repeat, names the vendor's jobs and asks the vendor for none. */
async function compareRepeat(
  { sandbox }: Place,
  server: KillableServer,
  { call, jobs }: { call: Record<string, unknown>; jobs: Map<string, string> },
): Promise<Findings["faults"]> {
  const before = sandbox.jobs.length;
  const result = await server.call("dispatch_plan", call);
  if (!result || result.isError) return [`the same call once more failed: ${result?.text}`];
  const told = Object.values(jobsTold(result.data));
  const isSame = told.length === jobs.size && told.every((job) => [...jobs.values()].includes(job));
  return [
    ...(isSame ? [] : ["the same call once more tells other jobs"]),
    ...(result.data["repeated"] === true ? [] : ["the same call once more is told as no repeat"]),
    ...(sandbox.jobs.length === before ? [] : ["the same call once more made a job"]),
  ];
}
