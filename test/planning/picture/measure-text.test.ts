import { expect, test } from "vitest";
import { cutText, textWidth, wrapText } from "../../../src/planning/picture/measure-text.ts";
import { printable, shortened } from "../../../src/planning/picture/printable.ts";
import { spellingTypeface } from "../../support/spelling-typeface.ts";

// Every letter is half as wide as high: 5 pixels at size 10.
const style = { size: 10 };

test("a text is as wide as its letters", () => {
  expect(textWidth(spellingTypeface, "坯布 620", style)).toBe(30);
});

test("a text that is too wide ends with an ellipsis and fits", () => {
  expect(cutText(spellingTypeface, "广州市白云区", { ...style, maxWidth: 30 })).toBe("广州市白云区");
  expect(cutText(spellingTypeface, "广州市白云区", { ...style, maxWidth: 29 })).toBe("广州市白…");
});

test("lines break at spaces and between Chinese characters", () => {
  expect(wrapText(spellingTypeface, "fleet full", { ...style, maxWidth: 30 })).toEqual(["fleet", "full"]);
  expect(wrapText(spellingTypeface, "未安排三单", { ...style, maxWidth: 15 })).toEqual(["未安排", "三单"]);
});

test("control, invisible and forbidden characters are not printed", () => {
  expect(printable(" a\u0000b\tc\u2028\u202ed\u200d\ufe0f\uffff ")).toBe("a b c d");
  expect(printable("\ud83d")).toBe("\ufffd");
});

test("a long name is cut by characters, not by halves of them", () => {
  expect(shortened("🐉🐉🐉", 2)).toBe("🐉🐉…");
  expect(shortened("🐉🐉", 2)).toBe("🐉🐉");
});
