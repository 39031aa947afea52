import type { App } from "../../../app.ts";
import type { TakeoutOrder } from "../../../domain/takeout/order.ts";
import type { LookUp, WriteAttempt, WriteResult } from "../../../state/writes/write-steps.ts";
import { orNoOrderNo } from "./order-no-hint.ts";
import { type OrderStep, readStep, sendStep } from "./order-steps.ts";

/** A step that was taken, and how the order stood then; null where it could not be read. */
type StepOutcome = Pick<TakeoutOrder, "statusText"> & {
  orderId: string;
  action: OrderStep["action"];
  status: number | null;
};

type Stepping = {
  tool: string;
  orderId: string;
  step: OrderStep;
  requestId: string | undefined;
  signal: AbortSignal;
};

/**
 * Takes a step of an order once. After a lost answer the order itself tells whether it was taken; where it can't, the
 * outcome stays unknown and nothing is sent again.
 */
export async function takeoutStepOnce(
  app: App,
  { tool, orderId, step, requestId, signal }: Stepping,
): Promise<WriteResult<StepOutcome>> {
  const [store, { orders }] = await Promise.all([app.store(), app.takeout()]);
  const outcomeOf = (order: Pick<StepOutcome, "status" | "statusText">): StepOutcome => ({
    orderId,
    action: step.action,
    status: order.status,
    statusText: order.statusText,
  });
  const send = async () => {
    await orNoOrderNo(orderId, sendStep(orders, { orderId, step, signal }));
    // The step is taken, which is what the caller must hear, whether or not the order can be read.
    return outcomeOf(await orders.get(orderId, { signal }).catch(() => ({ status: null, statusText: null })));
  };
  const lookUp = async ({ firstStartedAt }: WriteAttempt): Promise<LookUp<StepOutcome>> => {
    const order = await orders.get(orderId, { signal });
    const reading = readStep(order, step.action, firstStartedAt);
    if (reading === "taken") return { found: true, outcome: outcomeOf(order) };
    return { found: false, isFinal: reading === "not taken" };
  };
  return store.writes.once<StepOutcome>(
    {
      tool,
      vendor: "takeout",
      requestId,
      arguments: { orderId, ...step },
      naturalKey: orderId,
      signal,
    },
    {
      send,
      lookUp,
      settleHint:
        "get_takeout_order shows status and timeline; if the step is not there, take it with a new request_id.",
    },
  );
}
