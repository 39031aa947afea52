import { pick } from "./resolve-change.ts";
import { brokenAnswer, note, type Stage } from "./stage.ts";
import type { Step } from "./steps.ts";

/** Lets shipments go out again, in two steps, the second perhaps cut off by a kill. */
export async function playRelease(
  stage: Stage,
  { shipments, killAt }: Step & { do: "release" },
): Promise<string[]> {
  const { world, model } = stage;
  const { store } = world;
  const own = new Set(model.town.shipments.map(({ id }) => id));
  const outNow = async () =>
    (await store.dispatches.withShipments()).map(({ shipmentId }) => shipmentId).filter((id) => own.has(id));
  const before = [...new Set(await outNow())];
  const names = before.length > 0 ? before : [...own];
  const args = { shipment_ids: [...new Set(shipments.map((index) => pick(names, index)))] };
  const preview = await world.server().call("release_shipments", args);
  const confirmation = preview?.data["confirmation"];
  if (typeof confirmation !== "string") return brokenAnswer(preview);
  const server = world.server();
  await server.arm(killAt);
  const result = await server.call("release_shipments", { ...args, confirmation });
  note(stage, "release", result);
  if (result) await server.arm(0);
  const after = await outNow();
  for (const id of before.filter((one) => !after.includes(one)))
    model.releases.set(id, (model.releases.get(id) ?? 0) + 1);
  const strangers = before.filter((id) => !after.includes(id) && !args.shipment_ids.includes(id));
  return [
    ...(result ? brokenAnswer(result) : []),
    ...strangers.map((id) => `${id} was released, which nobody asked for`),
  ];
}
