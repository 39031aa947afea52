import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Failure } from "../domain/failure.ts";

const require = createRequire(import.meta.url);

/** The package takes its WebAssembly once per process, so this is kept with the module as the package does. */
let renderer: Promise<typeof import("@resvg/resvg-wasm")> | undefined;

/**
 * An SVG as PNG, `width` pixels wide, its height as the SVG's shape asks. Fonts of the machine are not used: text
 * must be outlines. Throws `internal` for an SVG that is no well-formed XML.
 */
export async function rasterize(svg: string, { width }: { width: number }): Promise<Uint8Array> {
  renderer ??= loadRenderer();
  const { Resvg } = await renderer;
  const picture = parse(() => new Resvg(svg, { fitTo: { mode: "width", value: width } }));
  const image = picture.render();
  // Both live in WebAssembly memory, which nothing collects.
  const png = image.asPng();
  image.free();
  picture.free();
  return png;
}

async function loadRenderer(): Promise<typeof import("@resvg/resvg-wasm")> {
  const [resvg, wasm] = await Promise.all([
    import("@resvg/resvg-wasm"),
    readFile(require.resolve("@resvg/resvg-wasm/index_bg.wasm")),
  ]);
  await resvg.initWasm(wasm);
  return resvg;
}

function parse<Picture>(read: () => Picture): Picture {
  try {
    return read();
  } catch (cause) {
    throw new Failure(
      "internal",
      "The picture cannot be drawn as PNG.",
      { hint: "Ask for it as SVG." },
      cause,
    );
  }
}
