import type { Typeface } from "../../src/domain/typeface.ts";

/** A typeface whose outlines spell their character, so that a test can read a picture. Every letter is half as wide as high. */
export const spellingTypeface: Typeface = {
  glyph: (character) => ({ path: `M${character.codePointAt(0)} 0`, advance: 500 }),
};

/** The texts of a picture that was drawn with `spellingTypeface`, in drawing order. */
export function readTexts(svg: string): string[] {
  const letters = new Map(
    [...svg.matchAll(/<path id="(\w+)" d="M(\d+) 0"\/>/g)].map(([, id, code]) => [
      id,
      String.fromCodePoint(Number(code)),
    ]),
  );
  const texts = new Map(
    [...svg.matchAll(/<g id="(t\w+)">(.*?)<\/g>/g)].map(([, id, uses = ""]) => [
      id,
      [...uses.matchAll(/href="#(\w+)"/g)].map(([, letter]) => letters.get(letter)).join(""),
    ]),
  );
  return [...svg.matchAll(/<use href="#(\w+)" transform/g)].map(([, id]) => texts.get(id) ?? `unknown ${id}`);
}
