import type { Glyph, Typeface, TypefaceWeight } from "../../domain/typeface.ts";

/** How a text looks: `size` in pixels. */
export type TextStyle = { size: number; weight?: TypefaceWeight };

/** Drawn in place of a character that the font lacks: a hollow box. */
const missing: Glyph = { path: "M90 80V-800H910V80ZM160 10H840V-730H160Z", advance: 1000 };

/** Chinese characters and their punctuation each stand alone; other text holds together between spaces. */
const words =
  /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]|[^\s\p{Script=Han}\u3000-\u303f\uff00-\uffef]+|\s/gu;

/** The character's glyph, or a box. */
export function glyphOf(typeface: Typeface, character: string, weight: TypefaceWeight = "regular"): Glyph {
  return typeface.glyph(character, weight) ?? missing;
}

/** Pixels from the start of a text to its end. */
export function textWidth(typeface: Typeface, text: string, { size, weight }: TextStyle): number {
  let advance = 0;
  for (const character of text) advance += glyphOf(typeface, character, weight).advance;
  return (advance * size) / 1000;
}

/** The text, cut with an ellipsis where it is wider than `maxWidth` pixels. */
export function cutText(typeface: Typeface, text: string, style: TextStyle & { maxWidth: number }): string {
  if (textWidth(typeface, text, style) <= style.maxWidth) return text;
  let room = style.maxWidth - textWidth(typeface, "…", style);
  let kept = "";
  for (const character of text) {
    room -= textWidth(typeface, character, style);
    if (room < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** The text in lines no wider than `maxWidth` pixels, as long as no single word is wider. */
export function wrapText(
  typeface: Typeface,
  text: string,
  style: TextStyle & { maxWidth: number },
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [word] of text.matchAll(words)) {
    if (line !== "" && textWidth(typeface, line + word, style) > style.maxWidth) {
      lines.push(line.trimEnd());
      line = "";
    }
    line = line === "" ? word.trimStart() : line + word;
  }
  return line === "" ? lines : [...lines, line];
}
