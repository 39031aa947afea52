import type { Plan } from "../../domain/plan.ts";
import type { Typeface } from "../../domain/typeface.ts";
import { drawPlan } from "./draw-plan.ts";
import type { PictureLocale } from "./words.ts";

/**
 * Every character that the picture of a plan may need, for a typeface that loads no more than that. Found by drawing
 * it with letters of no width: then nothing is cut, and no label can be forgotten.
 */
export function pictureCharacters(plan: Plan, locale: PictureLocale): string {
  const characters = new Set<string>(["…"]);
  const typeface: Typeface = {
    glyph: (character) => {
      characters.add(character);
      return { path: "", advance: 0 };
    },
  };
  drawPlan(plan, { typeface, locale });
  return [...characters].join("");
}
