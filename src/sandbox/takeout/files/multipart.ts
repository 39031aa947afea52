/** One part of a form (RFC 7578). */
export type FormPart = {
  name: string;
  /** Undefined for a part that is no file. */
  fileName: string | undefined;
  /** Without parameters, lower case; undefined when the part does not say. */
  contentType: string | undefined;
  bytes: Uint8Array;
};

/** The parts of a multipart/form-data body; undefined when it is none, or is cut. */
export function parseMultipart(contentType: string | undefined, body: Uint8Array): FormPart[] | undefined {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return undefined;
  const bytes = Buffer.from(body);
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: FormPart[] = [];
  let at = bytes.indexOf(delimiter);
  while (at !== -1) {
    const start = at + delimiter.length;
    const mark = bytes.subarray(start, start + 2).toString("latin1");
    if (mark === "--") return parts;
    at = bytes.indexOf(Buffer.concat([lineEnd, delimiter]), start);
    if (mark !== "\r\n" || at === -1) return undefined;
    const part = parsePart(bytes.subarray(start + lineEnd.length, at));
    if (!part) return undefined;
    parts.push(part);
    at += lineEnd.length;
  }
  return undefined;
}

const lineEnd = Buffer.from("\r\n");
const headersEnd = Buffer.from("\r\n\r\n");

function boundaryOf(contentType: string | undefined): string | undefined {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;,"]{1,70}))/i.exec(
    contentType ?? "",
  );
  return match?.[1] ?? match?.[2];
}

function parsePart(part: Buffer): FormPart | undefined {
  const end = part.indexOf(headersEnd);
  if (end === -1) return undefined;
  const headers = part.subarray(0, end).toString("utf8").split("\r\n");
  const disposition = headerOf(headers, "content-disposition");
  const name = parameterOf(disposition, "name");
  if (!/^form-data\b/i.test(disposition ?? "") || name === undefined) return undefined;
  return {
    name,
    fileName: parameterOf(disposition, "filename"),
    contentType: headerOf(headers, "content-type")?.split(";", 1)[0]?.trim().toLowerCase(),
    bytes: part.subarray(end + headersEnd.length),
  };
}

function headerOf(headers: readonly string[], name: string): string | undefined {
  const line = headers.find((header) => header.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}

/** A quoted parameter; quotes in it are written as %22 (WHATWG form encoding) or with a backslash. */
function parameterOf(header: string | undefined, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, "i").exec(header ?? "");
  return match?.[1]?.replace(/\\(.)/g, "$1").replaceAll("%22", '"');
}
