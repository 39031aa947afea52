import { expect, test } from "vitest";
import { drawPlan } from "../../../src/planning/picture/draw-plan.ts";
import { pictureCharacters } from "../../../src/planning/picture/picture-characters.ts";
import { samplePlan } from "../../support/sample-plan.ts";

test.each(["zh-CN", "en"] as const)(
  "a picture in %s asks for no character that was not announced",
  (locale) => {
    for (const vehicles of [0, 1, 8, 40]) {
      const plan = samplePlan({ vehicles, stopsPerVehicle: 4 });
      const announced = new Set(pictureCharacters(plan, locale));
      const asked = new Set<string>();
      // Wide letters, so that texts are cut and the ellipsis is needed.
      const glyph = (character: string) => {
        asked.add(character);
        return { path: "M0 0", advance: 2000 };
      };
      drawPlan(plan, { locale, typeface: { glyph } });
      expect([...asked].filter((character) => !announced.has(character))).toEqual([]);
      expect(asked).toContain("…");
    }
  },
);
