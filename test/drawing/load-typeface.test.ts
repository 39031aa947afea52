import { beforeAll, describe, expect, test } from "vitest";
import type { Typeface } from "../../src/domain/typeface.ts";
import { loadTypeface } from "../../src/drawing/load-typeface.ts";
import { rasterize } from "../../src/drawing/rasterize.ts";
import { drawPlan } from "../../src/planning/picture/draw-plan.ts";
import { pictureCharacters } from "../../src/planning/picture/picture-characters.ts";
import { decodePng, type Pixels } from "../support/decode-png.ts";
import { samplePlan } from "../support/sample-plan.ts";

let typeface: Typeface;
beforeAll(async () => {
  typeface = await loadTypeface("一十口粤广 A1🐉");
});

/** A character as ink (true) on a square of 100 by 100 pixels. */
async function inked(character: string, weight: "regular" | "bold" = "regular"): Promise<boolean[][]> {
  const path = `<path transform="translate(0 88)scale(.1)" d="${typeface.glyph(character, weight)?.path}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">${path}</svg>`;
  const { data } = decodePng(await rasterize(svg, { width: 100 }));
  return Array.from({ length: 100 }, (_, y) =>
    Array.from({ length: 100 }, (_, x) => (data[(y * 100 + x) * 4 + 3] ?? 0) > 128),
  );
}

function bounds(ink: boolean[][]) {
  const rows = ink.flatMap((row, y) => (row.includes(true) ? [y] : []));
  const columns = Array.from({ length: 100 }, (_, x) => x).filter((x) => ink.some((row) => row[x]));
  return {
    width: Math.max(...columns) - Math.min(...columns) + 1,
    height: Math.max(...rows) - Math.min(...rows) + 1,
  };
}

const share = (ink: boolean[][]) => ink.flat().filter(Boolean).length / 10_000;

describe("the outlines have the shapes of their characters", () => {
  test("一 is one flat stroke", async () => {
    const { width, height } = bounds(await inked("一"));
    expect(width).toBeGreaterThan(80);
    expect(height).toBeLessThan(14);
  });

  test("十 is two strokes that cross in the middle", async () => {
    const ink = await inked("十");
    const { width, height } = bounds(ink);
    expect(Math.min(width, height)).toBeGreaterThan(75);
    expect(share(ink)).toBeLessThan(0.2);
    expect(ink.some((row) => row.filter(Boolean).length > 75)).toBe(true);
    expect(
      Array.from({ length: 100 }, (_, x) => ink.filter((row) => row[x]).length).some((tall) => tall > 75),
    ).toBe(true);
  });

  test("口 is hollow", async () => {
    const ink = await inked("口");
    expect(ink[50]?.[50]).toBe(false);
    expect(bounds(ink).width).toBeGreaterThan(60);
  });

  test("bold has more ink than regular", async () => {
    expect(share(await inked("粤", "bold"))).toBeGreaterThan(1.2 * share(await inked("粤", "regular")));
  });
});

test("a Chinese character is as wide as high, a Latin one narrower, a space without outline", () => {
  expect(typeface.glyph("广", "regular")?.advance).toBe(1000);
  expect(typeface.glyph("1", "regular")?.advance).toBeLessThan(700);
  expect(typeface.glyph(" ", "regular")).toMatchObject({ path: "" });
});

test("what the font lacks, or was not loaded, it does not know", () => {
  expect(typeface.glyph("🐉", "regular")).toBeUndefined();
  expect(typeface.glyph("蘸", "regular")).toBeUndefined();
});

test("common characters of Chinese names, places and plates are there", async () => {
  const common =
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼李王张刘陈鑫淼垚喆赟珺黄埔荔湾越秀番禺从化增城圳莞";
  const loaded = await loadTypeface(common);
  expect([...common].filter((character) => !loaded.glyph(character, "regular")?.path)).toEqual([]);
});

describe("the picture of a plan", () => {
  test("shows Chinese where a typeface without Chinese shows boxes, and needs no font of the machine", async () => {
    const plan = samplePlan({ vehicles: 2, stopsPerVehicle: 4 });
    const full = await loadTypeface(pictureCharacters(plan, "zh-CN"));
    const boxes: Typeface = {
      glyph: (character, weight) => (character > "\u2fff" ? undefined : full.glyph(character, weight)),
    };
    const svg = drawPlan(plan, { typeface: full, locale: "zh-CN" });
    expect(svg).not.toMatch(/<text|font-family/);
    const [shown, boxed] = await Promise.all(
      [full, boxes].map(async (letters) =>
        decodePng(await rasterize(drawPlan(plan, { typeface: letters, locale: "zh-CN" }), { width: 1200 })),
      ),
    );
    // The title's first two characters, 广州: 22 pixels high on the picture's upper left.
    const title = { left: 24, right: 68, top: 22, bottom: 48 };
    expect(darkPixels(shown, title)).toBeGreaterThan(150);
    expect(differing(shown, boxed, title)).toBeGreaterThan(150);
  });
});

type Area = { left: number; right: number; top: number; bottom: number };

function darkness(pixels: Pixels | undefined, { left, right, top, bottom }: Area): boolean[] {
  if (!pixels) return [];
  const dark: boolean[] = [];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) dark.push((pixels.data[(y * pixels.width + x) * 4] ?? 255) < 128);
  }
  return dark;
}

function darkPixels(pixels: Pixels | undefined, area: Area): number {
  return darkness(pixels, area).filter(Boolean).length;
}

function differing(a: Pixels | undefined, b: Pixels | undefined, area: Area): number {
  const other = darkness(b, area);
  return darkness(a, area).filter((dark, index) => dark !== other[index]).length;
}
