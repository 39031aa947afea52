import { Failure } from "../../src/domain/failure.ts";
import type { NewClaim } from "../../src/state/dispatches/claim-route.ts";
import { openStore, type Store } from "../../src/state/open-store.ts";
import { orderRequest, orderSteps } from "./order-steps.ts";
import { samplePlan } from "./sample-plan.ts";

/** What a test asks of a process that shares its state file. */
export type WorkerCommand =
  | { do: "become user"; userId: number }
  | { do: "open"; location: string }
  | { do: "order"; vendorUrl: string; key: string; requestId?: string; hangBeforeRecord?: boolean }
  | { do: "save plans"; count: number }
  | { do: "revise plan"; planId: string; times: number; stopAtConflict?: boolean }
  | { do: "dispatch"; vendorUrl: string; route: NewClaim; hang?: "claimed" | "intended" | "answered" }
  | { do: "close" };

let opened: Store | undefined;

function store(): Store {
  if (!opened) throw new Error("Open the store first.");
  return opened;
}

async function run(command: WorkerCommand): Promise<unknown> {
  if (command.do === "open") {
    const waits = { landingMilliseconds: 300 };
    opened = await openStore({ location: command.location, now: Date.now, waits });
    return "opened";
  }
  if (command.do === "become user") return becomeUser(command.userId);
  if (command.do === "order") return order(command);
  if (command.do === "save plans") return savePlans(command.count);
  if (command.do === "revise plan") return revisePlan(command);
  if (command.do === "dispatch") return dispatch(command);
  await store().close();
  return "closed";
}

/** Claims a route and sends it to the order vendor, as dispatching does; stops for ever at a step where it is to hang. */
async function dispatch({ vendorUrl, route, hang }: WorkerCommand & { do: "dispatch" }) {
  const { dispatches, writes } = store();
  const { claimId } = await dispatches.claim(route);
  if (hang === "claimed") await hangHere();
  const steps = orderSteps(vendorUrl, route.externalJobId);
  const request = { ...orderRequest(route.externalJobId, route.externalJobId), tool: "dispatch_plan" };
  return writes.once(request, {
    ...steps,
    send: async (write) => {
      if (hang === "intended") await hangHere();
      if (!(await dispatches.maySend(claimId))) throw new Failure("conflict", "The claim is gone.");
      const answer = await steps.send(write);
      if (hang === "answered") await hangHere();
      return answer;
    },
  });
}

/** Tells the test that the step is reached, and never returns. */
function hangHere(): Promise<never> {
  process.send?.({ event: "answered" });
  return new Promise(() => {});
}

/** For a test that runs as root, whom no file mode stops. Everything is loaded by now, so the user needs no checkout. */
function becomeUser(userId: number): string {
  process.setgroups?.([]);
  process.setgid?.(userId);
  process.setuid?.(userId);
  return "became";
}

async function order({ vendorUrl, key, requestId, hangBeforeRecord }: WorkerCommand & { do: "order" }) {
  const steps = orderSteps(vendorUrl, key);
  if (!hangBeforeRecord) return store().writes.once(orderRequest(key, requestId), steps);
  return store().writes.once(orderRequest(key, requestId), {
    ...steps,
    send: async (write) => {
      await steps.send(write);
      process.send?.({ event: "answered" });
      return new Promise(() => {});
    },
  });
}

async function savePlans(count: number): Promise<string[]> {
  const planIds: string[] = [];
  for (let index = 0; index < count; index++) {
    const { planId } = await store().plans.save(samplePlan({ vehicles: 2, stopsPerVehicle: 3 }));
    planIds.push(planId);
  }
  return planIds;
}

/** Revises as often as wanted, reading the newest revision again whenever another process was quicker. */
async function revisePlan({
  planId,
  times,
  stopAtConflict = false,
}: WorkerCommand & { do: "revise plan" }): Promise<number[]> {
  const revisions: number[] = [];
  while (revisions.length < times) {
    const plan = await store().plans.get(planId);
    try {
      const revised = await store().plans.revise({ planId, expectedRevision: plan.revision, plan });
      revisions.push(revised.revision);
    } catch (error) {
      if (stopAtConflict || !(error instanceof Failure) || error.code !== "conflict") throw error;
    }
  }
  return revisions;
}

process.on("message", ({ id, command }: { id: number; command: WorkerCommand }) => {
  run(command).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, failure: toFailure(error) }),
  );
});
process.send?.({ event: "up" });

function toFailure(error: unknown): { code: string; message: string; hint?: string } {
  if (!(error instanceof Failure)) return { code: "none", message: String(error) };
  const { hint } = error.details;
  return { code: error.code, message: error.message, ...(hint !== undefined && { hint }) };
}
