import { z } from "zod";
import { imageTypes, type TakeoutFiles, type UploadedImage } from "../../domain/takeout/catalog.ts";
import type { VendorLine } from "../provider.ts";
import { choiceRule, refuseWrong } from "./argument-rules.ts";
import { write } from "./calls.ts";
import { writeMultipart } from "./multipart.ts";
import { optionalText, optionalWholeNumber } from "./wire-fields.ts";

/** takeout.txt, 11.1 */
const uploaded = z
  .object({ url: z.string().min(1), fileName: optionalText, fileSize: optionalWholeNumber })
  .transform(({ fileSize, ...rest }): UploadedImage => ({ ...rest, fileSizeBytes: fileSize }));

/** A picture over a slow line takes longer than other calls. */
const uploadTiming = { callMilliseconds: 55_000, attemptMilliseconds: 50_000 };

/** Files (takeout.txt, 11). */
export function createFiles(line: VendorLine): TakeoutFiles {
  return {
    uploadImage: async ({ type, fileName, mimeType, bytes }, { signal } = {}) => {
      refuseWrong(
        choiceRule("type", type, imageTypes),
        [!isFileName(fileName), "file_name", "must be a file's name without a folder"],
        [!/^image\/[\w.+-]{1,60}$/.test(mimeType), "file_name", "must be that of a picture"],
        [bytes.byteLength === 0, "base64", "must not be empty"],
      );
      const parts = [
        { name: "file", fileName, mimeType, bytes },
        { name: "type", text: type },
      ];
      const request = {
        method: "POST" as const,
        path: "/files/upload",
        body: writeMultipart(parts, line.http.random),
        timing: uploadTiming,
        settledBy: "No read lists images; uploading it again leaves at most an unused copy behind.",
        signal,
      };
      return write(line, request, uploaded);
    },
  };
}

function isFileName(name: string): boolean {
  const isPlain = name.trim() !== "" && name.length <= 200 && name.isWellFormed();
  return isPlain && !/[\p{Cc}/\\]/u.test(name) && !/^\.{1,2}$/.test(name);
}
