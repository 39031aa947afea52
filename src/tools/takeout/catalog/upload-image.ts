import { createHash } from "node:crypto";
import * as z from "zod";
import type { App } from "../../../app.ts";
import { Failure } from "../../../domain/failure.ts";
import { imageTypes, type NewImage, type UploadedImage } from "../../../domain/takeout/catalog.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { plainText, requestId } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { trimmedText } from "../takeout-fields.ts";
import { fileNameFor, imageFormatOf } from "./image-format.ts";
import { mostImageBytes, readImageFile } from "./read-image.ts";

/** A plain name: nothing that a path is made of, nor what turns its letters round. */
const fileName = trimmedText(100).refine((value) => !/[/\\:]|\p{Cf}|^\.{1,2}$/u.test(value), {
  error: "takes a plain file name such as dish.jpg, without a path",
});

const mostBase64Characters = Math.ceil(mostImageBytes / 3) * 4;

export const uploadImage = defineTool({
  name: "upload_image",
  title: "Upload an image",
  description:
    "Uploads one PNG, JPEG, GIF or WebP of at most 5 MB and gives its url, for save_dish, save_merchant or create_review. " +
    "Exactly one of path (a file on Waybill's machine, by its real path without links; not over HTTP) and base64. " +
    "The bytes decide the format, not the name. 上传图片、照片 photo",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    type: z.enum(imageTypes),
    file_name: fileName.describe("e.g. dish.jpg; gets the extension of its format where it has another"),
    path: plainText(4096).optional(),
    base64: z
      .string()
      .min(1)
      .max(mostBase64Characters)
      .optional()
      .describe("Without a data: prefix; a call over HTTP holds 3 MB of image"),
    request_id: requestId.optional(),
  }),
  output: z.object({
    url: z.string(),
    file_name: z.string().nullable().describe("As the vendor calls it"),
    file_size_bytes: z.number().nullable(),
    mime_type: z.string().describe("What the bytes are"),
    ...repeatedAnswer,
  }),
  async run({ type, file_name, path, base64, request_id }, app, { signal }) {
    const bytes = await bytesOf(app, { path, base64 });
    const format = imageFormatOf(bytes);
    if (!format) throw wrongImage("The image is no PNG, JPEG, GIF or WebP.", base64 === undefined);
    const { mimeType } = format;
    const image = { type, fileName: fileNameFor(file_name, format), mimeType, bytes };
    const { outcome, repeated } = await uploadOnce(app, { image, requestId: request_id, signal });
    return {
      data: {
        url: outcome.url,
        file_name: outcome.fileName,
        file_size_bytes: outcome.fileSizeBytes,
        mime_type: mimeType,
        ...(repeated && { repeated }),
      },
      text: `${oneLine(outcome.url)}: ${quote(image.fileName)}, ${mimeType}, ${bytes.length} bytes${repeatedNote(repeated)}.`,
    };
  },
});

type Source = { path: string | undefined; base64: string | undefined };

async function bytesOf(app: App, { path, base64 }: Source): Promise<Uint8Array> {
  if (base64 !== undefined && path === undefined) return decodeBase64(base64);
  if (path === undefined || base64 !== undefined) {
    throw new Failure("invalid_input", "upload_image takes exactly one of `path` and `base64`.", {
      hint: app.mayReadFiles
        ? "path is a file on Waybill's machine."
        : "Over HTTP give the image itself in base64.",
      fields: ["path", "base64"],
    });
  }
  if (app.mayReadFiles) return readImageFile(path);
  throw new Failure("invalid_input", "`path` is not taken over HTTP: Waybill's files are not the caller's.", {
    hint: "Give the image itself in base64.",
    fields: ["path"],
  });
}

/** Strictly: what is decoded and encoded again is the same text. */
function decodeBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) {
    throw new Failure("invalid_input", "`base64` is not base64 of the standard alphabet, padded.", {
      hint: "Give the bare base64 text: no data: prefix, spaces or line breaks.",
      fields: ["base64"],
    });
  }
  if (bytes.length <= mostImageBytes) return bytes;
  throw wrongImage(`The image is larger than ${mostImageBytes / 1024 / 1024} MB.`, false);
}

function wrongImage(message: string, isFile: boolean): Failure {
  return new Failure("invalid_input", message, {
    hint: "Convert or shrink the image, then upload it.",
    fields: [isFile ? "path" : "base64"],
  });
}

type Upload = { image: NewImage; requestId: string | undefined; signal: AbortSignal };

/**
 * Uploads once. No read lists files, so a lost answer stays unknown; a file that nobody refers to harms nothing, so the
 * way on is a second upload on purpose. The ledger keeps the image's hash, not the image.
 */
async function uploadOnce(app: App, { image, requestId: requestName, signal }: Upload) {
  const [store, { files }] = await Promise.all([app.store(), app.takeout()]);
  const { type, fileName: name, bytes } = image;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return store.writes.once<UploadedImage>(
    {
      tool: "upload_image",
      vendor: "takeout",
      requestId: requestName,
      arguments: { type, fileName: name, sha256, sizeBytes: bytes.length },
      signal,
    },
    {
      send: () => files.uploadImage(image, { signal }),
      settleHint:
        "No read lists uploaded files, and one that nothing refers to does no harm: call again with a new request_id to upload it again.",
    },
  );
}
