import { z } from "zod";
import {
  imageTypes,
  type NewImage,
  type TakeoutFiles,
  type UploadedImage,
} from "../../domain/takeout/catalog.ts";
import type { RawBody } from "../../pipeline/pipeline.ts";
import { choiceRule } from "../argument-rules.ts";
import type { VendorLine } from "../provider.ts";
import { refuseWrong } from "./argument-rules.ts";
import { write } from "./calls.ts";
import { optionalText, optionalWholeNumber } from "./wire-fields.ts";

/** takeout.txt, 11.1 */
const uploaded = z
  .object({
    url: z.string().min(1),
    fileName: optionalText.catch(null),
    fileSize: optionalWholeNumber.catch(null),
  })
  .transform(({ fileSize, ...rest }): UploadedImage => ({ ...rest, fileSizeBytes: fileSize }));

/** A picture over a slow line takes longer than other calls. */
const uploadTiming = { callMilliseconds: 55_000, attemptMilliseconds: 50_000 };

/** Files (takeout.txt, 11). */
export function createFiles(line: VendorLine): TakeoutFiles {
  return {
    uploadImage: async (image, { signal } = {}) => {
      const { type, fileName, mimeType, bytes } = image;
      refuseWrong(
        choiceRule("type", type, imageTypes),
        [!isFileName(fileName), "file_name", "must be a file's name without a folder"],
        [!/^image\/[\w.+-]{1,60}$/.test(mimeType), "file_name", "must be that of a picture"],
        [bytes.byteLength === 0, "base64", "must not be empty"],
      );
      const request = {
        method: "POST" as const,
        path: "/files/upload",
        body: await writeForm(image),
        timing: uploadTiming,
        settledBy: "No read lists images; uploading it again leaves at most an unused copy behind.",
        signal,
      };
      return write(line, request, uploaded);
    },
  };
}

/** The form that 11.1 shows, as browsers write it: names in UTF-8, their quotes percent-encoded. */
async function writeForm({ type, fileName, mimeType, bytes }: NewImage): Promise<RawBody> {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(bytes)], { type: mimeType }), fileName);
  form.append("type", type);
  const written = new Response(form);
  return { contentType: written.headers.get("content-type") ?? "", bytes: await written.bytes() };
}

function isFileName(name: string): boolean {
  const isPlain = name.trim() !== "" && name.length <= 200 && name.isWellFormed();
  return isPlain && !/[\p{Cc}/\\]/u.test(name) && !/^\.{1,2}$/.test(name);
}
