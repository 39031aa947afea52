import { inflateSync } from "node:zlib";

/** A decoded picture: four bytes a pixel, red, green, blue, alpha. */
export type Pixels = { width: number; height: number; data: Uint8Array };

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Reads a PNG of 8-bit RGBA without interlacing (PNG specification, sections 5 and 9). */
export function decodePng(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  if (!bytes.subarray(0, 8).equals(Buffer.from(signature))) throw new Error("This is no PNG.");
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const [depth, colorType, , , interlace] = bytes.subarray(24, 29);
  if (depth !== 8 || colorType !== 6 || interlace !== 0) throw new Error("Only plain 8-bit RGBA is read.");
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT")
      parts.push(bytes.subarray(at + 8, at + 8 + length));
  }
  return { width, height, data: unfilter(inflateSync(Buffer.concat(parts)), width * 4, height) };
}

function unfilter(filtered: Uint8Array, stride: number, height: number): Uint8Array {
  const data = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = filtered[row * (stride + 1)] ?? 0;
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column >= 4 ? (data[at - 4] ?? 0) : 0;
      const above = row > 0 ? (data[at - stride] ?? 0) : 0;
      const corner = row > 0 && column >= 4 ? (data[at - stride - 4] ?? 0) : 0;
      const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0;
      data[at] = (filtered[row * (stride + 1) + 1 + column] ?? 0) + predicted;
    }
  }
  return data;
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const toLeft = Math.abs(estimate - left);
  const toAbove = Math.abs(estimate - above);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
