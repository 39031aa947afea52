import { createHmac } from "node:crypto";
import type { Clock } from "../../pipeline/clock.ts";
import { writeJson } from "../../pipeline/json.ts";
import type { Step, VendorRequest } from "../../pipeline/pipeline.ts";
import { isExpiredTimestamp } from "./errors.ts";

/**
 * What a deployment signs besides the three public parameters: nested values as their compact JSON (`json`), nothing
 * that is nested (`scalars`), or nothing at all (`public`). The document is silent about it.
 */
export type SigningScope = "json" | "scalars" | "public";

/** Who signs, and how. */
export type Signer = {
  accessKeyId: string;
  accessKeySecret: string;
  scope: SigningScope;
  /** Gives another value at every call. */
  nonce: () => string;
  clock: Clock;
};

/** How far the vendor's clock is ahead of ours, as far as it has told; every request corrects its timestamp by it. */
export type VendorClock = { offsetMilliseconds: number };

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
 * Puts the public parameters and the signature on every attempt, into the query of a GET and the body of a POST. An
 * answer that the timestamp has expired was not carried out: the clock is set by its `Date` and the request goes out
 * once more, with another nonce.
 */
export function signRequests(signer: Signer, vendorClock: VendorClock): Step {
  return (next) => async (request) => {
    const answer = await next(signed(request, signer, vendorClock));
    if (!isExpiredTimestamp(answer)) return answer;
    if (!setClock(vendorClock, answer.headers["date"], signer.clock)) return answer;
    const second = await next(signed(request, signer, vendorClock));
    // refused again: no third attempt, but the next request starts from what this answer tells of the clock
    if (isExpiredTimestamp(second)) setClock(vendorClock, second.headers["date"], signer.clock);
    return second;
  };
}

function signed(request: VendorRequest, signer: Signer, { offsetMilliseconds }: VendorClock): VendorRequest {
  const { accessKeyId, accessKeySecret, scope, nonce, clock } = signer;
  const publicOnes = {
    signatureNonce: nonce(),
    accessKeyId,
    timestamp: utcSeconds(clock.now() + offsetMilliseconds),
  };
  const own = request.method === "GET" ? Object.fromEntries(request.query) : (request.json ?? {});
  const base = signatureBase({ ...own, ...publicOnes }, scope);
  const added = { signature: signature(base, accessKeySecret), ...publicOnes };
  if (request.method === "GET") return { ...request, query: [...request.query, ...Object.entries(added)] };
  return { ...request, json: { ...own, ...added } };
}

/** False when the answer tells no time. */
function setClock(vendorClock: VendorClock, date: string | undefined, clock: Clock): boolean {
  const vendorTime = Date.parse(date ?? "");
  if (Number.isNaN(vendorTime)) return false;
  vendorClock.offsetMilliseconds = vendorTime - clock.now();
  return true;
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
