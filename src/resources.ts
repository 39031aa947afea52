import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceTemplate,
} from "@modelcontextprotocol/server";
import type { App } from "./app.ts";
import { Failure } from "./domain/failure.ts";
import type { Plan } from "./domain/plan.ts";
import { planGeoJsonUri, planPictureUri, planUri } from "./domain/resource-uri.ts";
import { planToGeoJson } from "./planning/picture/geojson.ts";
import { makeReport } from "./planning/report/make-report.ts";
import { readDrivenPlan } from "./tools/planning/dispatch/read-driven-plan.ts";
import { fromPlan } from "./tools/planning/plan/plan-fields.ts";
import { drawPlanPicture } from "./tools/planning/plan/plan-picture.ts";
import { readRoutes } from "./tools/planning/report/read-routes.ts";
import { fromProgress } from "./tools/planning/report/report-fields.ts";
import { readShipment } from "./tools/tracking/read-shipment.ts";

/** One way to read a plan. */
type PlanResource = {
  name: string;
  title: string;
  description: string;
  mimeType: string;
  uri: string;
  isListed: boolean;
  write: (plan: Plan, app: App) => string | Promise<string>;
};

const planResources: PlanResource[] = [
  {
    name: "plan",
    title: "Plan",
    description:
      "The newest revision of a plan, as get_plan gives it, and how its routes that are out get on",
    mimeType: "application/json",
    uri: planUri("{plan_id}"),
    isListed: true,
    write: async (plan, app) => JSON.stringify({ ...fromPlan(plan), ...(await followingOf(app, plan)) }),
  },
  {
    name: "plan-picture",
    title: "Picture of a plan",
    description: "Map and loads of one revision",
    mimeType: "image/svg+xml",
    uri: planPictureUri("{plan_id}", "{revision}"),
    isListed: false,
    write: drawPlanPicture,
  },
  {
    name: "plan-map",
    title: "Plan as GeoJSON",
    description: "Routes and stops of one revision",
    mimeType: "application/geo+json",
    uri: planGeoJsonUri("{plan_id}", "{revision}"),
    isListed: false,
    write: (plan) => JSON.stringify(planToGeoJson(plan)),
  },
];

/** Serves plans, their pictures and shipments as resources that clients can list, complete and subscribe to. */
export function registerResources(server: McpServer, app: App): void {
  registerShipments(server, app);
  for (const { uri, isListed, write, name, ...metadata } of planResources) {
    const template = new ResourceTemplate(uri, {
      list: isListed ? async () => ({ resources: await listPlans(app) }) : undefined,
      complete: { plan_id: async (start) => (await app.store()).plans.idsStartingWith(start, 20) },
    });
    server.registerResource(name, template, metadata, async (url, { plan_id, revision }) => {
      const plan = await readPlan(app, url.href, { planId: String(plan_id), revision });
      return { contents: [{ uri: url.href, mimeType: metadata.mimeType, text: await write(plan, app) }] };
    });
  }
}

/** How the routes that are out get on, by what is kept; nothing while none is. */
async function followingOf(app: App, plan: Plan) {
  const { routes } = makeReport(await readRoutes(app, plan));
  const out = routes.filter(({ progress }) => progress !== "not_dispatched");
  return out.length === 0 ? {} : { following: out.map(fromProgress) };
}

/** Where each shipment is known to be, by the state alone: nobody is asked. */
function registerShipments(server: McpServer, app: App): void {
  const template = new ResourceTemplate("waybill://shipments/{shipment_id}", {
    list: undefined,
    complete: { shipment_id: async (start) => (await app.store()).plans.shipmentsStartingWith(start, 20) },
  });
  const metadata = {
    title: "Shipment",
    description: "Where a shipment is known to be: plan, route, stop, load, job, and what was told of it",
    mimeType: "application/json",
  };
  server.registerResource("shipment", template, metadata, async (url, { shipment_id }) => {
    const record = await readShipment(app, decodeURIComponent(String(shipment_id)));
    if (record) {
      return { contents: [{ uri: url.href, mimeType: metadata.mimeType, text: JSON.stringify(record) }] };
    }
    const message = "Nothing is known here of that shipment: it is on no route of any plan.";
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, message, { uri: url.href });
  });
}

type PlanName = { planId: string; revision: string | string[] | undefined };

/** A URI that names no plan is a wrong parameter, as the protocol has it; other failures keep their message. */
async function readPlan(app: App, uri: string, { planId, revision }: PlanName): Promise<Plan> {
  try {
    return await readDrivenPlan(app, planId, revision === undefined ? undefined : Number(revision));
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== "not_found") throw thrown;
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, thrown.message, { uri });
  }
}

async function listPlans(app: App) {
  const store = await app.store();
  const { items } = await store.plans.list({ limit: 50 });
  return items.map(({ planId, createdAt }) => ({
    uri: planUri(planId),
    name: planId,
    title: `Plan of ${createdAt}`,
    mimeType: "application/json",
  }));
}
