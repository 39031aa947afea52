import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNameFor, imageFormatOf } from "../../../../src/tools/takeout/catalog/image-format.ts";

/** How a file of each format begins, by the formats' own specifications. */
const beginnings: [mimeType: string, extension: string, bytes: number[]][] = [
  ["image/png", "png", [137, 80, 78, 71, 13, 10, 26, 10]],
  ["image/jpeg", "jpg", [255, 216, 255]],
  ["image/gif", "gif", [...Buffer.from("GIF87a")]],
  ["image/gif", "gif", [...Buffer.from("GIF89a")]],
  ["image/webp", "webp", [...Buffer.from("RIFF\u0001\u0002\u0003\u0004WEBP", "latin1")]],
];

test.each(beginnings)("%s is known by its first bytes, whatever follows", (mimeType, _extension, bytes) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (rest) => {
      expect(imageFormatOf(Uint8Array.of(...bytes, ...rest))?.mimeType).toBe(mimeType);
    }),
  );
});

test.each(beginnings)("%s is not known by less than its beginning", (_mimeType, _extension, bytes) => {
  expect(imageFormatOf(Uint8Array.from(bytes.slice(0, -1)))).toBeUndefined();
  expect(imageFormatOf(Uint8Array.of(0, ...bytes))).toBeUndefined();
});

test.each([
  ["<svg xmlns='http://www.w3.org/2000/svg'/>"],
  ["<html>"],
  ["%PDF-1.7"],
  ["RIFF\u0001\u0002\u0003\u0004WAVE"],
  ["GIF88a"],
  [""],
])("%j is no image", (text) => {
  expect(imageFormatOf(Buffer.from(text, "latin1"))).toBeUndefined();
});

test.each(beginnings)("a name of %s ends as a server expects it", (_mimeType, extension, bytes) => {
  const format = imageFormatOf(Uint8Array.from(bytes));
  if (!format) throw new Error("no format");
  expect(fileNameFor(`dish.${extension}`, format)).toBe(`dish.${extension}`);
  expect(fileNameFor(`DISH.${extension.toUpperCase()}`, format)).toBe(`DISH.${extension.toUpperCase()}`);
  expect(fileNameFor("dish", format)).toBe(`dish.${extension}`);
  expect(fileNameFor("dish.html", format)).toBe(`dish.html.${extension}`);
});

test("a JPEG may be called .jpeg", () => {
  const format = imageFormatOf(Uint8Array.of(255, 216, 255, 224));
  expect(format && fileNameFor("dish.jpeg", format)).toBe("dish.jpeg");
});
