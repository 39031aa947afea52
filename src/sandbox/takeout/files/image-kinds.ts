/** A kind of picture that is taken: how it calls itself and how it begins. */
export type ImageKind = { contentType: string; extension: string; isStartOf: (bytes: Buffer) => boolean };

function startsWith(...start: number[]) {
  return (bytes: Buffer) => bytes.subarray(0, start.length).equals(Buffer.from(start));
}

/** The kinds of pictures that are taken. */
export const imageKinds: readonly ImageKind[] = [
  { contentType: "image/jpeg", extension: "jpg", isStartOf: startsWith(0xff, 0xd8, 0xff) },
  {
    contentType: "image/png",
    extension: "png",
    isStartOf: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  },
  { contentType: "image/gif", extension: "gif", isStartOf: startsWith(0x47, 0x49, 0x46, 0x38) },
  {
    contentType: "image/webp",
    extension: "webp",
    isStartOf: (bytes) =>
      bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP",
  },
];
