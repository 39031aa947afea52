import * as z from "zod";
import type { App } from "../../app.ts";
import type { Plan } from "../../domain/plan.ts";
import { planGeoJsonUri, planPictureUri } from "../../domain/resource-uri.ts";
import { planToGeoJson } from "../../planning/picture/geojson.ts";
import { dataTokenBudget, estimateTokens } from "../answer-size.ts";
import { planId, revision } from "../fields.ts";
import { type Attachment, defineTool } from "../tool.ts";
import { readDrivenPlan } from "./dispatch/read-driven-plan.ts";
import { drawPlanPicture, paintPlanPicture } from "./plan/plan-picture.ts";

const formats = ["png", "svg", "geojson"] as const;
type Format = (typeof formats)[number];

const mimeTypes: Record<Format, string> = {
  png: "image/png",
  svg: "image/svg+xml",
  geojson: "application/geo+json",
};

const files = {
  svg: { toUri: planPictureUri, write: drawPlanPicture },
  geojson: { toUri: planGeoJsonUri, write: (plan: Plan) => JSON.stringify(planToGeoJson(plan)) },
};

export const renderPlan = defineTool({
  name: "render_plan",
  title: "Draw a plan",
  description:
    "Draws a plan: routes on a map with numbered stops, and each vehicle's load by material. " +
    "png (default) is a picture to show the person; svg and geojson are for print and maps; where they are long they come as a link to a resource. 绘制计划图",
  access: "read",
  input: z.strictObject({
    plan_id: planId,
    revision: revision.optional(),
    format: z.enum(formats).optional().describe("Default png"),
  }),
  output: z.object({
    plan_id: z.string(),
    revision: z.number().int(),
    format: z.enum(formats),
    mime_type: z.string(),
    uri: z.string().optional().describe("Where svg and geojson are read as a resource"),
  }),
  async run({ plan_id, revision: wanted, format = "png" }, app) {
    const plan = await readDrivenPlan(app, plan_id, wanted);
    const attachment = await draw(plan, format, app);
    const uri = uriOf(attachment);
    const name = `Plan ${plan.planId} revision ${plan.revision}`;
    const place = uri === undefined ? "" : `, to be read at ${uri}`;
    return {
      data: {
        plan_id: plan.planId,
        revision: plan.revision,
        format,
        mime_type: mimeTypes[format],
        ...(uri !== undefined && { uri }),
      },
      text: `${name} as ${format}${place}: ${plan.routes.length} routes, each in its own colour.`,
      attachments: [attachment],
    };
  },
});

function uriOf(attachment: Attachment): string | undefined {
  if (attachment.type === "image") return undefined;
  return attachment.type === "resource" ? attachment.resource.uri : attachment.uri;
}

async function draw(plan: Plan, format: Format, app: App): Promise<Attachment> {
  const mimeType = mimeTypes[format];
  if (format === "png") return { type: "image", mimeType, data: await paintPlanPicture(plan, app) };
  const { toUri, write } = files[format];
  const uri = toUri(plan.planId, plan.revision);
  const text = await write(plan, app);
  // A long file would fill a model's context: the link lets the client fetch it for the person.
  if (estimateTokens(text) > dataTokenBudget) {
    return { type: "resource_link", uri, name: `${plan.planId}.${format}`, mimeType };
  }
  return { type: "resource", resource: { uri, mimeType, text } };
}
