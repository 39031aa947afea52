import { expect, onTestFinished, test } from "vitest";
import { toErrorResult, toFailure, toResult } from "../../../src/answers.ts";
import { createApp } from "../../../src/app.ts";
import { readConfig } from "../../../src/config/config.ts";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { openStore } from "../../../src/state/open-store.ts";
import { toolsets } from "../../../src/tools/index.ts";
import type { CallResult } from "../../support/clients.ts";
import type { Example } from "../../support/example-calls/example.ts";
import { takeoutAccountExamples } from "../../support/example-calls/takeout-account.ts";
import { takeoutDeliveryExamples } from "../../support/example-calls/takeout-delivery.ts";
import { takeoutOrderExamples } from "../../support/example-calls/takeout-orders.ts";
import { takeoutPaymentExamples } from "../../support/example-calls/takeout-payments.ts";

const tools = Object.values(toolsets).flat();
const examples: Record<string, Example> = {
  ...takeoutOrderExamples,
  ...takeoutPaymentExamples,
  ...takeoutDeliveryExamples,
  ...takeoutAccountExamples,
};

/** The sandbox and an app on it, for the running test. */
async function openDay() {
  const sandbox = await startSandbox();
  const app = createApp(
    readConfig({ ...sandbox.environment, WAYBILL_CONFIRM: "off", WAYBILL_LOG_LEVEL: "silent" }),
  );
  const store = await openStore({ location: ":memory:", now: Date.now, waits: { landingMilliseconds: 0 } });
  onTestFinished(async () => {
    await app.close();
    await store.close();
    await sandbox.close();
  });
  const request = { signal: new AbortController().signal, reportProgress: () => {} };
  const call = async (name: string, args: Record<string, unknown>): Promise<CallResult> => {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new Error(`no tool ${name}`);
    const result = await tool
      .run(args, { ...app, store: async () => store }, request)
      .then(toResult, (error: unknown) => toErrorResult(toFailure(error)));
    const text = result.content.map((block) => (block.type === "text" ? block.text : "")).join();
    return { isError: result.isError === true, text, data: recordOf(result.structuredContent), content: [] };
  };
  return { sandbox, call, client: { call, holdings: sandbox.holdings } };
}

function recordOf(data: unknown): CallResult["data"] {
  return Object.fromEntries(Object.entries(data ?? {}));
}

/** How a call ended, in one word. */
function verdictOf({ isError, data, text }: CallResult): string {
  if (isError) return /outcome_unknown/.test(JSON.stringify(data)) ? "outcome_unknown" : text;
  return data["repeated"] === true ? "repeated" : "done";
}

const found = ["done", "repeated"];
const untold = ["outcome_unknown", "outcome_unknown"];

/** What each write can prove after a lost answer, by the document alone. */
test.each([
  ["create_takeout_order", "POST /api/v1/orders", found],
  ["advance_takeout_order", "POST /api/v1/orders/{id}/accept", found],
  ["cancel_takeout_order", "POST /api/v1/orders/{id}/cancel", found],
  ["create_payment", "POST /api/v1/payments", untold],
  ["refund_payment", "POST /api/v1/refunds", untold],
  ["assign_delivery_task", "POST /api/v1/delivery-tasks/{id}/assign", found],
  ["advance_delivery_task", "POST /api/v1/delivery-tasks/{id}/accept", untold],
  ["send_verification_code", "POST /api/v1/auth/send-code", untold],
  ["register_user", "POST /api/v1/auth/register", untold],
])("%s reaches the vendor once, whatever becomes of its answer", async (name, endpoint, verdicts) => {
  for (const kind of ["answer_lost", "error_500_after"] as const) {
    const { sandbox, call, client } = await openDay();
    const args = (await examples[name]?.(client)) ?? {};
    const before = sandbox.requests.length;
    sandbox.addFault({ vendor: "takeout", endpoint, kind });
    const answers = [await call(name, args), await call(name, args)];
    expect(answers.map(verdictOf), kind).toEqual(verdicts);
    const sent = sandbox.requests.slice(before).filter((request) => request.endpoint === endpoint);
    expect(sent, kind).toHaveLength(1);
  }
});

test.each(Object.keys(examples))("the example of %s is a good call", async (name) => {
  const { call, client } = await openDay();
  const result = await call(name, (await examples[name]?.(client)) ?? {});
  expect(result.isError, result.text).toBe(false);
});

test("takes an order from the menu to the door, and gives money back", async () => {
  const { call, client } = await openDay();
  const good = async (name: string, args: Record<string, unknown>) => {
    const result = await call(name, args);
    expect(result.isError, `${name}: ${result.text}`).toBe(false);
    return result.data;
  };
  const assignment = (await examples["assign_delivery_task"]?.(client)) ?? {};
  const { task_id } = assignment;
  await good("assign_delivery_task", assignment);
  const { tasks } = await good("list_delivery_tasks", { driver_id: assignment["driver_id"], limit: 1 });
  expect(tasks).toMatchObject([{ id: task_id, driver_id: assignment["driver_id"] }]);
  const [{ order_id, details }] = tasks as [{ order_id: string; details: { delivery_code: string } }];

  await good("advance_takeout_order", { order_id, action: "start_cooking" });
  await good("advance_delivery_task", { task_id, action: "accept" });
  await good("advance_delivery_task", { task_id, action: "pickup" });
  await good("report_driver_location", { lat: 23.131, lng: 113.322 });
  const { delivery_code } = details;
  await good("advance_delivery_task", { task_id, action: "deliver", delivery_code });
  expect(await good("get_takeout_order", { order_id })).toMatchObject({
    order: { status_text: "已完成", paid_at: expect.any(String), total_includes_fees: true },
  });
  await good("refund_payment", { order_id, amount_yuan: "3.00", reason: "米饭漏送" });
});
