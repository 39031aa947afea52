import { createHash } from "node:crypto";
import { isRecord, parseJson, type SandboxRequest } from "../message.ts";

/** The document's way to sign, and the same vendor's later one. */
export type SignScheme = "md5" | "sha1";

/** What a signature is made with. */
export type Signing = {
  scheme: SignScheme;
  /** Stands before the resource's path where a deployment signs the full one, such as /api/transmit. */
  prefix: string;
  /** The salt of `md5`, the secret of `sha1`. */
  secret: string;
};

/** What the two schemes call their query parameters. */
export const parameterNames = {
  md5: { token: "token", timestamp: "timestamp", signature: "sign" },
  sha1: { token: "accessKey", timestamp: "timestamp", signature: "signature" },
} as const satisfies Record<SignScheme, Record<string, string>>;

/** The signature that a request must carry; `path` is the resource's, below /api/transmit. */
export function signatureOf(request: SandboxRequest, path: string, signing: Signing): string {
  const signedPath = signing.prefix + path;
  const query = signedQuery(request.query, parameterNames[signing.scheme].signature);
  const text =
    signing.scheme === "md5"
      ? signedPath + query + bodyKeys(request.body) + signing.secret
      : signedPath + query + request.body + signing.secret;
  return createHash(signing.scheme).update(text).digest("hex").toUpperCase();
}

/** The decoded pairs, sorted as the document's Python sorts them: of a name that comes twice the first value. */
function signedQuery(query: URLSearchParams, signatureName: string): string {
  const pairs = [...new Map([...query].toReversed())]
    .filter(([name]) => name !== signatureName)
    .map(([name, value]) => `${name}=${value}`)
    .sort(byText);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** The top-level keys, sorted. */
function bodyKeys(body: string): string {
  const value = parseJson(body);
  return isRecord(value) ? Object.keys(value).sort(byText).join("&") : "";
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
