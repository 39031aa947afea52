import { expect, test } from "vitest";
import { routeLook } from "../../../src/planning/picture/palette.ts";

/** How linear red, green and blue look to those without red or green cones (Machado, Oliveira, Fernandes 2009). */
const sights = {
  everyone: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
};

const looks = Array.from({ length: 30 }, (_, index) => routeLook(index));

test.each(Object.entries(sights))("the first ten vehicles are told apart by colour: %s", (_, sight) => {
  const seen = looks.slice(0, 10).map(({ color }) => toLab(linear(color), sight));
  const differences = seen.flatMap((a, index) => seen.slice(index + 1).map((b) => distance(a, b)));
  // A difference of 2.3 in CIELAB is just noticeable side by side; lines lie apart, so more is asked for.
  expect(Math.min(...differences)).toBeGreaterThan(15);
});

test("thirty vehicles have thirty colours, and another marker in each ten", () => {
  expect(new Set(looks.map(({ color }) => color)).size).toBe(30);
  expect([0, 10, 20].map((index) => looks[index]?.shape)).toEqual(["circle", "square", "diamond"]);
});

test("every colour is seen on the page, and its number on it", () => {
  for (const { color, ink } of looks) {
    expect(contrast(color, "#ffffff")).toBeGreaterThan(1.6);
    expect(contrast(color, ink)).toBeGreaterThan(3);
  }
});

function linear(color: string): number[] {
  return [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

function toLab(rgb: number[], sight: number[]): number[] {
  const seen = multiply(sight, rgb).map((value) => Math.min(Math.max(value, 0), 1));
  const xyz = multiply(
    [0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.072175, 0.0193339, 0.119192, 0.9503041],
    seen,
  );
  const [x = 0, y = 0, z = 0] = xyz.map((value, index) => {
    const share = value / ([0.95047, 1, 1.08883][index] ?? 1);
    return share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function multiply(matrix: number[], vector: number[]): number[] {
  return [0, 1, 2].map((row) =>
    vector.reduce((sum, value, column) => sum + value * (matrix[row * 3 + column] ?? 0), 0),
  );
}

function distance(a: number[], b: number[]): number {
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
}

/** Contrast ratio, 1 to 21 (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [a, b]
    .map((color) => {
      const [red = 0, green = 0, blue = 0] = linear(color);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    })
    .sort((first, second) => first - second);
  return light / dark;
}
