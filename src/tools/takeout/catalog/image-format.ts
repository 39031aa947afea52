/** A kind of image that is taken: how it begins, and how a file of it is called. */
type ImageFormat = {
  mimeType: string;
  /** The first is the one that a file gets. */
  extensions: readonly [string, ...string[]];
  isOf: (bytes: Uint8Array) => boolean;
};

const formats: readonly ImageFormat[] = [
  {
    mimeType: "image/png",
    extensions: ["png"],
    isOf: (bytes) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  {
    mimeType: "image/jpeg",
    extensions: ["jpg", "jpeg"],
    isOf: (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff]),
  },
  {
    mimeType: "image/gif",
    extensions: ["gif"],
    isOf: (bytes) => ["GIF87a", "GIF89a"].includes(asciiOf(bytes, 0, 6)),
  },
  {
    mimeType: "image/webp",
    extensions: ["webp"],
    isOf: (bytes) => asciiOf(bytes, 0, 4) === "RIFF" && asciiOf(bytes, 8, 12) === "WEBP",
  },
];

/** The format that the bytes themselves show, whatever they are called; undefined when it is none that is taken. */
export function imageFormatOf(bytes: Uint8Array): ImageFormat | undefined {
  return formats.find(({ isOf }) => isOf(bytes));
}

/** The name with an extension that fits the format: a server that hands files out by their names shall not be misled. */
export function fileNameFor(fileName: string, { extensions: [usual, ...others] }: ImageFormat): string {
  const lower = fileName.toLowerCase();
  const fits = [usual, ...others].some((extension) => lower.endsWith(`.${extension}`));
  return fits ? fileName : `${fileName}.${usual}`;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function asciiOf(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
