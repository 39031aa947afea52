import { createHash } from "node:crypto";
import type { TransmitSettings } from "../../domain/vendor-settings.ts";
import type { Clock } from "../../pipeline/clock.ts";
import { writeJson } from "../../pipeline/json.ts";
import type { Step, VendorRequest } from "../../pipeline/pipeline.ts";
import { dateAttempts, type VendorClock } from "../vendor-clock.ts";

/** How a deployment checks signatures, and the account's two secrets. */
export type Signing = Omit<TransmitSettings, "baseUrl">;

/** What of a request is signed. */
type Signed = Pick<VendorRequest, "path" | "query" | "json">;

/**
 * MD5 over path, sorted query, sorted top-level names of the body and salt, in upper-case hex (transmit.txt, API签名).
 * The query is signed decoded; identifiers in the path are such that nothing of them is ever encoded.
 */
export function md5Signature({ path, query, json }: Signed, salt: string): string {
  const names = Object.keys(json ?? {})
    .sort(byCodeUnits)
    .join("&");
  return upperHex("md5", path + sortedQuery(query) + names + salt);
}

/** SHA-1 over path, sorted query, body as it is sent and secret, in upper-case hex: the vendor's later scheme. */
export function sha1Signature({ path, query, json }: Signed, secret: string): string {
  const body = json === undefined ? "" : writeJson(json);
  return upperHex("sha1", path + sortedQuery(query) + body + secret);
}

/** The request as it is sent at a time: what proves the account follows its own query. */
export function signRequest<Request extends Signed>(
  request: Request,
  { signScheme, signPrefix, token, salt }: Signing,
  epochSeconds: number,
): Request {
  const isMd5 = signScheme === "md5";
  const account: [string, string][] = [
    [isMd5 ? "token" : "accessKey", token],
    ["timestamp", String(epochSeconds)],
  ];
  const query = [...request.query, ...account];
  const signed = { ...request, path: signPrefix + request.path, query };
  const signature = isMd5 ? md5Signature(signed, salt) : sha1Signature(signed, salt);
  return { ...request, query: [...query, [isMd5 ? "sign" : "signature", signature]] };
}

/** The vendor refuses what is dated ahead of its clock, by a second even, and takes what is a little old. */
const datedBackMilliseconds = 5_000;

/** Statuses with which a timestamp can be refused, and how much age it takes to be refused. */
const refusingStatuses: ReadonlySet<number> = new Set([400, 401, 403]);
const toleratedAgeMilliseconds = 60_000;

/**
 * Signs every attempt with the time of that attempt, dated a little back. After a refusal that a wrong clock may
 * explain the request goes out once more by the vendor's clock.
 */
export function signEachAttempt(signing: Signing, clock: Clock, vendorClock: VendorClock): Step {
  return dateAttempts(clock, vendorClock, {
    date: (request, now) => signRequest(request, signing, Math.floor((now - datedBackMilliseconds) / 1000)),
    isRefused: ({ status }, correction) =>
      refusingStatuses.has(status) && (correction < 0 || correction > toleratedAgeMilliseconds),
  });
}

/** `?a=1&b=2` by the code units of the decoded pairs; nothing when there are none. */
function sortedQuery(query: Signed["query"]): string {
  const pairs = query.map(([name, value]) => `${name}=${value}`).sort(byCodeUnits);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function upperHex(algorithm: "md5" | "sha1", text: string): string {
  return createHash(algorithm).update(text, "utf8").digest("hex").toUpperCase();
}
