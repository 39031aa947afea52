import * as z from "zod";
import type { App } from "../../app.ts";
import type { Plan } from "../../domain/plan.ts";
import { planToGeoJson } from "../../planning/picture/geojson.ts";
import { dataTokenBudget, estimateTokens } from "../answer-size.ts";
import { planId, revision } from "../fields.ts";
import { type Attachment, defineTool, type EmbeddedFile } from "../tool.ts";
import { drawPlanPicture, paintPlanPicture } from "./plan-picture.ts";
import { planGeoJsonUri, planPictureUri } from "./plan-uri.ts";

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
    "png (default) is a picture to show the person; svg and geojson come as files, for print and for maps. 绘制计划图",
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
    const store = await app.store();
    const plan = await store.plans.get(plan_id, wanted);
    const attachment = await draw(plan, format, app);
    const uri = attachment.type === "resource" ? attachment.resource.uri : undefined;
    const name = `Plan ${plan.planId} revision ${plan.revision}`;
    const place = uri === undefined ? "" : `, also to be read at ${uri}`;
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

async function draw(plan: Plan, format: Format, app: App): Promise<Attachment> {
  const mimeType = mimeTypes[format];
  if (format === "png") return { type: "image", mimeType, data: await paintPlanPicture(plan, app) };
  const { toUri, write } = files[format];
  const file = embed(await write(plan, app), { uri: toUri(plan.planId, plan.revision), mimeType });
  return { type: "resource", resource: file, annotations: { audience: ["user"] } };
}

/** Text that a model could read stays text; a long file travels as bytes, which clients keep out of its context. */
function embed(text: string, file: { uri: string; mimeType: string }): EmbeddedFile {
  if (estimateTokens(text) <= dataTokenBudget) return { ...file, text };
  return { ...file, blob: Buffer.from(text).toString("base64") };
}
