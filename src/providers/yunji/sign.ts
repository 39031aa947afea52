import { createHmac } from "node:crypto";
import type { SigningScope } from "../../domain/vendor-settings.ts";
import type { Clock } from "../../pipeline/clock.ts";
import { writeJson } from "../../pipeline/json.ts";
import type { Step, VendorRequest } from "../../pipeline/pipeline.ts";
import { dateAttempts, type VendorClock } from "../vendor-clock.ts";
import { isExpiredTimestamp } from "./errors.ts";

/** Who signs, and how. */
type Signer = {
  accessKeyId: string;
  accessKeySecret: string;
  scope: SigningScope;
  /** Gives another value at every call. */
  nonce: () => string;
  clock: Clock;
};

/** Names and values of a request, its own and the public ones, as they are sent. */
export type Parameters = Readonly<Record<string, unknown>>;

const publicNames: ReadonlySet<string> = new Set(["accessKeyId", "signatureNonce", "timestamp"]);

/**
 * The text that is signed: `name=value` sorted by name in ASCII order, values raw, empty ones left out (yunji.txt,
 * 计算签名). Numbers stand as the text that is sent.
 */
export function signatureBase(parameters: Parameters, scope: SigningScope): string {
  return Object.keys(parameters)
    .filter((name) => name !== "signature" && (scope !== "public" || publicNames.has(name)))
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => {
      const value = parameters[name];
      const text = signedText(value);
      const isLeftOut = text === "" || (scope === "scalars" && isNested(value, text));
      return isLeftOut ? [] : [`${name}=${text}`];
    })
    .join("&");
}

/** HMAC-SHA1 in base64, its key the secret and an ampersand (yunji.txt, 计算签名). */
export function signature(base: string, accessKeySecret: string): string {
  return createHmac("sha1", `${accessKeySecret}&`).update(base, "utf8").digest("base64");
}

/**
 * Puts the public parameters and the signature on every attempt, into the query of a GET and the body of a POST. After
 * an answer that the timestamp has expired the request goes out once more by the vendor's clock, with another nonce.
 */
export function signRequests(signer: Signer, vendorClock: VendorClock): Step {
  return dateAttempts(signer.clock, vendorClock, {
    date: (request, now) => signed(request, signer, now),
    isRefused: isExpiredTimestamp,
  });
}

function signed(request: VendorRequest, signer: Signer, now: number): VendorRequest {
  const { accessKeyId, accessKeySecret, scope, nonce } = signer;
  const publicOnes = { signatureNonce: nonce(), accessKeyId, timestamp: utcSeconds(now) };
  const own = request.method === "GET" ? Object.fromEntries(request.query) : (request.json ?? {});
  const base = signatureBase({ ...own, ...publicOnes }, scope);
  const added = { signature: signature(base, accessKeySecret), ...publicOnes };
  if (request.method === "GET") return { ...request, query: [...request.query, ...Object.entries(added)] };
  return { ...request, json: { ...own, ...added } };
}

/** A value as it stands in the signed text; empty for what is left out. */
function signedText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : writeJson(value);
}

/** Lists and objects; a number with exact digits is an object here and no nested value on the wire. */
function isNested(value: unknown, text: string): boolean {
  return typeof value === "object" && /^[{[]/.test(text);
}

/** YYYY-MM-DDThh:mm:ssZ */
function utcSeconds(epochMilliseconds: number): string {
  return `${new Date(epochMilliseconds).toISOString().slice(0, 19)}Z`;
}
