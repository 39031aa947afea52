import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Font } from "opentype.js";
import type { Glyph, Typeface, TypefaceWeight } from "../domain/typeface.ts";
import { compactPath } from "./compact-path.ts";
import { subsetsFor } from "./font-subsets.ts";

/** Noto Sans SC as a variable font in some hundred files, each for some of the characters. Licence: OFL-1.1. */
const fontPackage = "@fontsource-variable/noto-sans-sc";

/** Weights on the font's axis (100 to 900). */
const axis: Record<TypefaceWeight, { wght: number }> = { regular: { wght: 400 }, bold: { wght: 700 } };

const require = createRequire(import.meta.url);

/**
 * Noto Sans SC with the glyphs of these characters: 15,609 Chinese, Latin and other characters, of GB 2312 all but 35
 * rare ones. Reads only the files that hold them; what is asked of it beyond them it does not know.
 */
export async function loadTypeface(characters: string): Promise<Typeface> {
  const ranges: unknown = JSON.parse(await readFile(require.resolve(`${fontPackage}/unicode.json`), "utf8"));
  const subsets = subsetsFor(characters, ranges);
  const fonts = new Map(
    await Promise.all(
      [...new Set(subsets.values())].map(async (subset) => [subset, await readFont(subset)] as const),
    ),
  );
  const glyphs = new Map<string, Glyph | undefined>();
  return {
    glyph: (character, weight) => {
      const key = weight + character;
      if (!glyphs.has(key))
        glyphs.set(key, outline(fonts.get(subsets.get(character) ?? ""), character, weight));
      return glyphs.get(key);
    },
  };
}

async function readFont(subset: string): Promise<Font> {
  const [{ default: opentype }, { default: decompress }, packed] = await Promise.all([
    import("opentype.js"),
    import("woff2-encoder/decompress"),
    readFile(require.resolve(`${fontPackage}/files/noto-sans-sc-${subset}-wght-normal.woff2`)),
  ]);
  const unpacked = await decompress(packed);
  // The decompressor may hand out a window of a larger buffer; the parser reads from a buffer's start.
  return opentype.parse(new Uint8Array(unpacked).buffer);
}

function outline(font: Font | undefined, character: string, weight: TypefaceWeight): Glyph | undefined {
  const glyph = font?.charToGlyph(character);
  if (!font || !glyph || glyph.index === 0) return undefined;
  const variation = axis[weight];
  const { commands } = glyph.getPath(0, 0, 1000, { variation }, font);
  const { advanceWidth } = font.variation.getTransform(glyph, variation);
  return { path: compactPath(commands), advance: Math.round((advanceWidth / font.unitsPerEm) * 1000) };
}
