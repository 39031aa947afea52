import type { DispatchedRoute } from "../../../src/domain/dispatch.ts";
import type { KillableServer, ToolResult } from "../server/killable-server.ts";
import type { ModelPlan } from "./model.ts";
import { pick } from "./resolve-change.ts";
import { brokenAnswer, errorCode, note, type Stage } from "./stage.ts";
import type { Fault, Step } from "./steps.ts";

const driver = "liang.weiming@lingzhi.example";
const importEndpoint = "POST /v1/integration-import";

/** Sends a plan out, or a part of it, with what may go wrong on the way. */
export async function playDispatch(stage: Stage, step: Step & { do: "dispatch" }): Promise<string[]> {
  const { world, model } = stage;
  if (step.confirm === "again") return callWith(stage, stage.last.args, step);
  const plan = pick(model.plans, step.plan);
  const { routes } = await world.store.plans.get(plan.planId);
  const plates = routes.map(({ licensePlate }) => licensePlate);
  if (plates.length === 0) return [];
  const chosen = [...new Set(step.plates.map((index) => pick(plates, index)))];
  const args = dispatchArguments(plan, plates, chosen);
  const preview = await world.server().call("dispatch_plan", args);
  const confirmation = preview?.data["confirmation"];
  note(stage, "preview", preview);
  if (typeof confirmation !== "string") return brokenAnswer(preview);
  if (step.confirm === "other call") return callOther(stage, { ...args, confirmation });
  stage.last = { args: { ...args, confirmation } };
  const disturbed = await callWith(stage, stage.last.args, step);
  if (step.fault !== null || step.killAt > 0) return disturbed;
  return [...disturbed, ...(await missing(stage, plan, chosen.length > 0 ? chosen : plates))];
}

function dispatchArguments({ planId, revision }: ModelPlan, plates: string[], chosen: string[]) {
  return {
    plan_id: planId,
    revision,
    drivers: Object.fromEntries(plates.map((plate) => [plate, driver])),
    ...(chosen.length > 0 && { license_plates: chosen }),
  };
}

/** Makes the call that writes; the server may die over it, and the vendor may do as the fault says. */
async function callWith(
  stage: Stage,
  args: Record<string, unknown>,
  { fault, killAt }: { fault: Fault | null; killAt: number },
): Promise<string[]> {
  const { world } = stage;
  if (args["plan_id"] === undefined) return [];
  if (fault !== null) world.sandbox.addFault({ vendor: "routemate", endpoint: importEndpoint, kind: fault });
  const server = world.server();
  await server.arm(killAt);
  const result = await server.call("dispatch_plan", args);
  note(stage, `dispatch${fault === null ? "" : `, ${fault}`}`, result);
  await fetch(`${world.sandbox.url}/_faults`, { method: "DELETE" });
  if (result === undefined) return server.killedAt() === undefined ? ["the server died by itself"] : [];
  await server.arm(0);
  return brokenAnswer(result);
}

/** A confirmation is good for no other call. */
async function callOther({ world }: Stage, args: Record<string, unknown>): Promise<string[]> {
  const before = world.sandbox.jobs.length;
  const others = Object.fromEntries(
    Object.keys(Object(args["drivers"])).map((plate) => [plate, `x.${driver}`]),
  );
  const result = await world.server().call("dispatch_plan", { ...args, drivers: others });
  return [
    ...brokenAnswer(result),
    ...(result?.isError ? [] : ["a confirmation was taken for another call"]),
    ...(world.sandbox.jobs.length === before ? [] : ["a confirmation made jobs of another call"]),
  ];
}

/** Routes that nothing stood in the way of and that are not out all the same. */
async function missing({ world }: Stage, { planId }: ModelPlan, plates: string[]): Promise<string[]> {
  const { store } = world;
  const claims = await store.dispatches.ofPlan(planId);
  const { routes } = await store.plans.get(planId);
  const elsewhere = new Set(
    (await store.dispatches.withShipments()).flatMap((out) =>
      out.planId === planId ? [] : [out.shipmentId],
    ),
  );
  const isFree = (plate: string) =>
    !routes
      .find(({ licensePlate }) => licensePlate === plate)
      ?.stops.some(({ shipmentIds }) => shipmentIds.some((id) => elsewhere.has(String(id))));
  return plates
    .filter((plate) => isFree(plate) && !isDispatched(claims, plate))
    .map((plate) => `${plate} of ${planId} is not out, and nothing stood in its way`);
}

function isDispatched(claims: DispatchedRoute[], plate: string): boolean {
  return claims.some(({ licensePlate, state }) => licensePlate === plate && state === "dispatched");
}

/** Enough calls for whatever a kill has left open. */
const mostCalls = 5;

/** Sends out all that can go; afterwards no route may be of unknown fate, and none be missing. */
export async function settleAll(stage: Stage): Promise<string[]> {
  const faults: string[] = [];
  for (const plan of stage.model.plans) {
    const { routes } = await stage.world.store.plans.get(plan.planId);
    const plates = routes.map(({ licensePlate }) => licensePlate);
    if (plates.length === 0) continue;
    const told = await sendOut(stage.world.server(), dispatchArguments(plan, plates, []));
    faults.push(...brokenAnswer(told));
    const claims = await stage.world.store.dispatches.ofPlan(plan.planId);
    const open = claims.filter(({ state }) => state !== "dispatched" && state !== "refused");
    faults.push(...open.map(({ externalJobId, state }) => `${externalJobId} stays ${state}: ${told?.text}`));
    const absent = await missing(stage, plan, plates);
    faults.push(...absent.map((what) => `${what}: ${told?.text}`));
  }
  return faults;
}

async function sendOut(
  server: KillableServer,
  args: Record<string, unknown>,
): Promise<ToolResult | undefined> {
  let result: ToolResult | undefined;
  for (let call = 0; call < mostCalls; call++) {
    const preview = await server.call("dispatch_plan", args);
    const confirmation = preview?.data["confirmation"];
    if (typeof confirmation !== "string") return preview;
    result = await server.call("dispatch_plan", { ...args, confirmation });
    if (!result || result.data["status"] === "dispatched" || errorCode(result) === "internal") return result;
  }
  return result;
}
