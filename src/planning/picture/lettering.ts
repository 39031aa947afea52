import type { Typeface, TypefaceWeight } from "../../domain/typeface.ts";
import { cutText, glyphOf, type TextStyle, textWidth, wrapText } from "./measure-text.ts";
import { printable } from "./printable.ts";
import { element } from "./svg.ts";

/** Where a text stands: `x` and `y` are on its baseline, `maxWidth` cuts it, `fill` may come from around it. */
export type TextPlace = TextStyle & {
  x: number;
  y: number;
  fill?: string;
  anchor?: "start" | "middle" | "end";
  maxWidth?: number;
};

/** Writes text as glyph outlines. Each glyph and each text is defined once, however often it is used. */
export type Lettering = {
  /** Pixels from the start of the text to its end. */
  width(text: string, style: TextStyle): number;
  /** The text on one line. */
  write(text: string, place: TextPlace): string;
  /** The text broken into lines no wider than `maxWidth` pixels: at spaces, and between Chinese characters. */
  wrap(text: string, style: TextStyle & { maxWidth: number }): string[];
  /** What the written texts refer to, as the content of `<defs>`. */
  definitions(): string;
};

/** Letters of one picture, drawn with a typeface. */
export function createLettering(typeface: Typeface): Lettering {
  const definitions = createDefinitions();

  const defineGlyph = (character: string, weight: TypefaceWeight): string =>
    definitions.define(`glyph ${weight} ${character}`, (id) =>
      element("path", { id, d: glyphOf(typeface, character, weight).path }),
    );

  const defineText = (text: string, weight: TypefaceWeight): string =>
    definitions.define(`text ${weight} ${text}`, (id) => {
      let x = 0;
      const uses: string[] = [];
      for (const character of text) {
        const { path, advance } = glyphOf(typeface, character, weight);
        if (path !== "")
          uses.push(element("use", { href: `#${defineGlyph(character, weight)}`, x: x || undefined }));
        x += advance;
      }
      return element("g", { id }, ...uses);
    });

  return {
    width: (text, style) => textWidth(typeface, printable(text), style),
    write: (text, { x, y, fill, anchor = "start", maxWidth = Number.POSITIVE_INFINITY, ...style }) => {
      const line = cutText(typeface, printable(text), { ...style, maxWidth });
      if (line === "") return "";
      const start = x - { start: 0, middle: 0.5, end: 1 }[anchor] * textWidth(typeface, line, style);
      const transform = `translate(${start.toFixed(1)} ${y.toFixed(1)})scale(${style.size / 1000})`;
      return element("use", { href: `#${defineText(line, style.weight ?? "regular")}`, transform, fill });
    },
    wrap: (text, style) => wrapText(typeface, printable(text), style),
    definitions: definitions.markup,
  };
}

/** Markup that is written once under an id and used from elsewhere. What an entry refers to stands before it. */
function createDefinitions() {
  const ids = new Map<string, string>();
  const written: string[] = [];
  return {
    define: (key: string, markup: (id: string) => string): string => {
      const known = ids.get(key);
      if (known) return known;
      const id = `t${ids.size.toString(36)}`;
      ids.set(key, id);
      written.push(markup(id));
      return id;
    },
    markup: (): string => written.join(""),
  };
}
