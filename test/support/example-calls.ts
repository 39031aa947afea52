import type { TestClient } from "./clients.ts";
import { dispatchExample, releaseExample } from "./example-calls/dispatch.ts";
import { eventExamples } from "./example-calls/events.ts";
import type { Example, ExampleWorld } from "./example-calls/example.ts";
import { robotExamples } from "./example-calls/robots.ts";
import { takeoutAccountExamples } from "./example-calls/takeout-account.ts";
import { takeoutCatalogExamples } from "./example-calls/takeout-catalog.ts";
import { takeoutDeliveryExamples } from "./example-calls/takeout-delivery.ts";
import { takeoutInsightExamples } from "./example-calls/takeout-insight.ts";
import { takeoutMarketingExamples } from "./example-calls/takeout-marketing.ts";
import { takeoutOrderExamples } from "./example-calls/takeout-orders.ts";
import { takeoutPaymentExamples } from "./example-calls/takeout-payments.ts";
import { trackingExamples } from "./example-calls/tracking.ts";
import { smallDay } from "./small-day.ts";

const planId = async (client: Pick<TestClient, "call">) =>
  (await client.call("plan_load", smallDay)).data["plan_id"];

let imports = 0;

/** The import of routemate.txt's own example, under an identifier of its own each time. */
export function exampleImport(externalJobId = `JOB-${++imports}`) {
  return {
    external_job_id: externalJobId,
    title: "Morning Deliveries - Zone A",
    driver_email: "driver@example.com",
    scheduled_date: "2026-11-23",
    timezone: "Asia/Shanghai",
    stops: [
      {
        external_stop_id: "ORD-1001",
        address: "广州市天河区体育西路 1 号",
        label: "客户A",
        priority: 1,
        parcel_count: 2,
      },
      {
        external_stop_id: "ORD-1002",
        address: "广州市天河区珠江新城 100 号",
        latitude: 23.12,
        longitude: 113.32,
      },
      { external_stop_id: "ORD-1003", address: "广州市海珠区新港中路 3 号", notes: "从后门进" },
    ],
  };
}

/** One good call for every tool; tools of a vendor must not need another vendor's answer here. */
const exampleCalls: Record<string, Example> = {
  list_vehicles: async () => ({}),
  get_vehicle: async () => ({ license_plate: "粤A12345" }),
  list_unshipped_shipments: async () => ({ area: "天河" }),
  plan_load: async () => smallDay,
  get_plan: async (client) => ({ plan_id: await planId(client) }),
  list_plans: async () => ({}),
  revise_plan: async (client) => ({
    plan_id: await planId(client),
    revision: 1,
    changes: [{ op: "lock", shipment_id: 2 }],
  }),
  compare_plans: async (client) => ({
    plans: [{ plan_id: await planId(client) }, { plan_id: await planId(client), revision: 1 }],
  }),
  render_plan: async (client) => ({ plan_id: await planId(client) }),
  list_writes: async (client) => {
    await client.call("import_route", exampleImport());
    return { vendor: "routemate", state: "done", limit: 5 };
  },
  plan_report: async (client) => ({ plan_id: await planId(client) }),
  dispatch_plan: dispatchExample,
  list_material_rules: async () => ({}),
  release_shipments: releaseExample,
  set_driver: async () => ({ license_plate: "粤A12345", driver_email: "wang@example.com" }),
  set_material_rule: async () => ({ material: "坯布", item_name_contains: "白坯" }),
  import_route: async () => exampleImport(),
  get_route_job: async ({ call }) => ({
    external_job_id: (await call("import_route", exampleImport())).data["external_job_id"],
  }),
  ...robotExamples,
  ...trackingExamples,
  ...eventExamples,
  ...takeoutOrderExamples,
  ...takeoutPaymentExamples,
  ...takeoutDeliveryExamples,
  ...takeoutCatalogExamples,
  ...takeoutMarketingExamples,
  ...takeoutInsightExamples,
  ...takeoutAccountExamples,
};

/** The arguments of one good call of a tool; every tool has an example. */
export async function exampleOf(name: string, world: ExampleWorld): Promise<Record<string, unknown>> {
  const example = exampleCalls[name];
  if (!example) throw new Error(`test/support/example-calls has no example of ${name}`);
  return example(world);
}
