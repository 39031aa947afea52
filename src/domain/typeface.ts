/** How heavy letters are drawn. */
export type TypefaceWeight = "regular" | "bold";

/**
 * The shape of one character: SVG path data with the baseline at y = 0 and y pointing down.
 * Path and advance count in thousandths of the font size.
 */
export type Glyph = { path: string; advance: number };

/** Letters as outlines, so that a picture with text looks alike on every machine. */
export type Typeface = {
  /** Undefined when the font lacks the character. */
  glyph(character: string, weight: TypefaceWeight): Glyph | undefined;
};
