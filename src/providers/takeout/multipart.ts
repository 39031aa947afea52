import type { RawBody } from "../../pipeline/pipeline.ts";

/** One field of a form: text, or a file with its name and type. */
export type FormPart =
  | { name: string; text: string }
  | { name: string; fileName: string; mimeType: string; bytes: Uint8Array };

/** A form as multipart/form-data (RFC 7578); `random` gives 0 to 1. */
export function writeMultipart(parts: readonly FormPart[], random: () => number): RawBody {
  const contents = parts.map((part) =>
    "text" in part ? Buffer.from(part.text, "utf8") : Buffer.from(part.bytes),
  );
  const boundary = findBoundary(contents, random);
  const pieces = parts.flatMap((part, index) => [
    Buffer.from(`--${boundary}\r\n${partHeader(part)}\r\n\r\n`, "utf8"),
    contents[index] ?? Buffer.alloc(0),
    Buffer.from("\r\n", "utf8"),
  ]);
  const bytes = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`, "utf8")]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes };
}

function partHeader(part: FormPart): string {
  const disposition = `Content-Disposition: form-data; name="${quoted(part.name)}"`;
  if ("text" in part) return disposition;
  return `${disposition}; filename="${quoted(part.fileName)}"\r\nContent-Type: ${part.mimeType}`;
}

/** As browsers write it: UTF-8 as it is, and percent-encoded what would end the quotes or the line. */
function quoted(text: string): string {
  const escapes: Record<string, string> = { '"': "%22", "\r": "%0D", "\n": "%0A" };
  return text.replace(/["\r\n]/g, (character) => escapes[character] ?? "");
}

/** A line that none of the contents holds. */
function findBoundary(contents: readonly Buffer[], random: () => number): string {
  for (let attempt = 0; ; attempt++) {
    const digits = Array.from({ length: 4 }, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, "0"),
    );
    const boundary = `waybill-${attempt}-${digits.join("")}`;
    if (!contents.some((content) => content.includes(boundary))) return boundary;
  }
}
