import type { World } from "../server/world.ts";
import { faultsIn } from "./invariants.ts";
import { emptyModel } from "./model.ts";
import { playDispatch, settleAll } from "./play-dispatch.ts";
import { playRelease } from "./play-release.ts";
import { playRevise } from "./play-revise.ts";
import { pick } from "./resolve-change.ts";
import { brokenAnswer, note, type Stage, type Tally } from "./stage.ts";
import type { Life, Step } from "./steps.ts";
import { buildTown, depot, startAt } from "./town.ts";

let lives = 0;

/**
 * Plays a life on a world that may have seen others; gives what was untrue after the first step after which anything
 * was, and after the last one once every plan is sent out as far as it can be.
 */
export async function playLife(world: World, { day, steps }: Life, tally: Tally): Promise<string[]> {
  const model = emptyModel(buildTown(++lives, day));
  const stage: Stage = { world, model, last: { args: {} }, tally };
  for (const [index, step] of steps.entries()) {
    const faults = [...(await playStep(stage, step)), ...(await faultsIn(world, model))];
    if (faults.length > 0) return faults.map((fault) => `after step ${index} (${step.do}): ${fault}`);
  }
  const faults = [...(await settleAll(stage)), ...(await faultsIn(world, model))];
  return faults.map((fault) => `at the end: ${fault}`);
}

/** Plays one step; gives what its answer should not have been. */
async function playStep(stage: Stage, step: Step): Promise<string[]> {
  const { world, model } = stage;
  if (step.do === "plan") return playPlan(stage, step);
  if (step.do === "kill") await world.server().kill();
  if (step.do === "restart") await world.server().close();
  if (step.do === "advance") world.sandbox.advance(step.minutes * 60);
  if (model.plans.length === 0) return [];
  if (step.do === "revise") return playRevise(stage, step);
  if (step.do === "dispatch") return playDispatch(stage, step);
  if (step.do === "release") return playRelease(stage, step);
  if (step.do === "track") return playTrack(stage, step);
  return [];
}

async function playPlan(stage: Stage, step: Step & { do: "plan" }): Promise<string[]> {
  const { world, model } = stage;
  const { town } = model;
  const shipments = step.shipments.map((index) => pick(town.shipments, index));
  const vehicles = step.vehicles.map((index) => pick(town.vehicles, index));
  const out = await world.store.dispatches.withShipments(shipments.map(({ id }) => id));
  const result = await world.server().call("plan_load", {
    depot,
    start_at: startAt,
    shipments: shipments.map((shipment) => shipment.arguments),
    vehicles: vehicles.map(({ plate, capacities }) => ({
      license_plate: plate,
      material_capacities: [...capacities].map(([material_name, capacity]) => ({ material_name, capacity })),
    })),
    allow_split: step.allowSplit,
    time_limit_seconds: 0.2,
  });
  note(stage, "plan", result);
  const planned = shipments.filter(({ id }) => !out.some(({ shipmentId }) => shipmentId === id));
  if (planned.length === 0) return brokenAnswer(result);
  const planId = result?.data["plan_id"];
  if (typeof planId !== "string") return [`plan_load gave no plan: ${result?.text}`];
  model.plans.push({
    planId,
    revision: 1,
    shipments: new Set(planned.map(({ id }) => id)),
    capacities: new Map(vehicles.map(({ plate, capacities }) => [plate, new Map(capacities)])),
    frozen: new Map(),
  });
  return brokenAnswer(result);
}

async function playTrack(stage: Stage, step: Step & { do: "track" }): Promise<string[]> {
  const { world, model } = stage;
  const { id } = pick(model.town.shipments, step.shipment);
  const out = await world.store.dispatches.withShipments([id]);
  const result = await world.server().call("track_shipment", { shipment_id: id });
  note(stage, "track", result);
  const isOut = out.some(({ state }) => state === "dispatched");
  const status = String(result?.data["status"]);
  const isUntrue = isOut && ["planned", "unknown", "undefined"].includes(status);
  return [
    ...brokenAnswer(result),
    ...(isUntrue ? [`${id} is out and tracked as ${status}: ${result?.text}`] : []),
  ];
}
