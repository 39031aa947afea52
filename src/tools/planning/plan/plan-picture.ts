import type { App } from "../../../app.ts";
import type { Plan } from "../../../domain/plan.ts";

const pngWidthPixels = 1600;

/** The plan as a self-contained SVG, in the configured language. */
export async function drawPlanPicture(plan: Plan, { config }: App): Promise<string> {
  const [{ drawPlan }, { pictureCharacters }, { loadTypeface }] = await Promise.all([
    import("../../../planning/picture/draw-plan.ts"),
    import("../../../planning/picture/picture-characters.ts"),
    import("../../../drawing/load-typeface.ts"),
  ]);
  const { locale } = config;
  return drawPlan(plan, { locale, typeface: await loadTypeface(pictureCharacters(plan, locale)) });
}

/** The same picture as PNG, as base64. */
export async function paintPlanPicture(plan: Plan, app: App): Promise<string> {
  const { rasterize } = await import("../../../drawing/rasterize.ts");
  const png = await rasterize(await drawPlanPicture(plan, app), { width: pngWidthPixels });
  return Buffer.from(png).toString("base64");
}
