import { createHash } from "node:crypto";
import { oneOf } from "../formats.ts";
import { fileTypes, type UploadedFile } from "../records.ts";
import { done, type FieldError, invalid, type Reply } from "../reply.ts";
import { type Call, type Route, signedIn } from "../routes.ts";
import { type ImageKind, imageKinds } from "./image-kinds.ts";
import { type FormPart, parseMultipart } from "./multipart.ts";

const largestFileMebibytes = 5;

/** Files (takeout.txt, 11). */
export const fileRoutes: Route[] = [signedIn("POST /api/v1/files/upload", uploadImage)];

function uploadImage({ tenant, request, now }: Call): Reply {
  const parts = parseMultipart(request.headers["content-type"], request.bytes);
  if (!parts) return invalid([{ field: "body", message: "必须是完整的multipart/form-data" }]);
  const file = parts.find(({ name, fileName }) => name === "file" && fileName !== undefined);
  const type = oneOf(fileTypes)(textOf(parts.find(({ name }) => name === "type")), "type");
  const kind = file && kindOf(file);
  const errors = [...problemsOf(file, kind), ...("errors" in type ? type.errors : [])];
  if (!file || !kind || "errors" in type || errors.length > 0) return invalid(errors);
  const id = tenant.newId("file");
  const fileName = `${id}.${kind.extension}`;
  const stored: UploadedFile = {
    id,
    url: `https://cdn.example.com/images/${fileName}`,
    fileName,
    fileSize: file.bytes.length,
    type: type.value,
    sha256: createHash("sha256").update(file.bytes).digest("hex"),
    createdAt: now,
  };
  tenant.records.files.push(stored);
  return done({ url: stored.url, fileName, fileSize: stored.fileSize });
}

function textOf(part: FormPart | undefined): string | undefined {
  return part && Buffer.from(part.bytes).toString("utf8");
}

/** The kind that a file both says it is and is. */
function kindOf({ contentType, bytes }: FormPart): ImageKind | undefined {
  return imageKinds.find((kind) => kind.contentType === contentType && kind.isStartOf(Buffer.from(bytes)));
}

function problemsOf(file: FormPart | undefined, kind: ImageKind | undefined): FieldError[] {
  if (!file) return [{ field: "file", message: "不能为空" }];
  if (!kind) return [{ field: "file", message: "必须是JPEG、PNG、GIF或WebP图片，且与声明的类型一致" }];
  if (file.bytes.length <= largestFileMebibytes * 2 ** 20) return [];
  return [{ field: "file", message: `文件不能超过${largestFileMebibytes}MB` }];
}
