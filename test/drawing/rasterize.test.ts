import { expect, test } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import { rasterize } from "../../src/drawing/rasterize.ts";
import { decodePng } from "../support/decode-png.ts";

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="20" height="20" fill="#d55e00"/></svg>';

test("an SVG becomes a PNG of the width asked for and the height of its shape", async () => {
  const { width, height, data } = decodePng(await rasterize(svg, { width: 80 }));
  expect([width, height]).toEqual([80, 40]);
  expect([...data.subarray(0, 4)]).toEqual([0xd5, 0x5e, 0x00, 255]);
  expect([...data.subarray(79 * 4, 80 * 4)]).toEqual([0, 0, 0, 0]);
});

test("pictures can be drawn at the same time", async () => {
  const pictures = await Promise.all([20, 40, 60].map((width) => rasterize(svg, { width })));
  expect(pictures.map((png) => decodePng(png).width)).toEqual([20, 40, 60]);
});

test("text that is no XML is refused without telling what it was", async () => {
  const drawn = rasterize("<svg secret", { width: 10 });
  await expect(drawn).rejects.toBeInstanceOf(Failure);
  await expect(drawn).rejects.toMatchObject({
    code: "internal",
    message: "The picture cannot be drawn as PNG.",
  });
});
