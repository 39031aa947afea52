/** The part of opentype.js 2.0 that is used here; the package brings no types of its own. */
declare module "opentype.js" {
  namespace opentype {
    type PathCommand =
      | { type: "M" | "L"; x: number; y: number }
      | { type: "Q"; x1: number; y1: number; x: number; y: number }
      | { type: "C"; x1: number; y1: number; x2: number; y2: number; x: number; y: number }
      | { type: "Z" };

    /** A point on a variable font's axes, by axis tag. */
    type Variation = Record<string, number>;

    type FontGlyph = {
      /** 0 for the glyph that stands for a missing character. */
      index: number;
      advanceWidth: number;
      getPath(
        x: number,
        y: number,
        fontSize: number,
        options: { variation?: Variation },
        font: Font,
      ): { commands: PathCommand[] };
    };

    type Font = {
      unitsPerEm: number;
      charToGlyph(character: string): FontGlyph;
      variation: { getTransform(glyph: FontGlyph, variation: Variation): { advanceWidth: number } };
    };

    function parse(data: ArrayBuffer): Font;
  }
  export = opentype;
}
