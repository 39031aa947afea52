import { createHash } from "node:crypto";
import { Failure } from "../../domain/failure.ts";
import type { Clock } from "../../pipeline/clock.ts";
import { writeJson } from "../../pipeline/json.ts";
import type { Step, VendorAnswer, VendorRequest } from "../../pipeline/pipeline.ts";

/** The documented way of signing, and the vendor's later one. */
export const signSchemes = ["md5", "sha1"] as const;

/** How a deployment checks signatures, and the account's two secrets. */
export type Signing = {
  signScheme: (typeof signSchemes)[number];
  /** Stands before the signed path: empty, or such as /api/transmit. */
  signPrefix: string;
  /** With `sha1` the access key. */
  token: string;
  /** With `sha1` the secret. */
  salt: string;
};

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

/** Signs every attempt with the time of that attempt, and tells a refusal that a wrong clock explains. */
export function signEachAttempt(signing: Signing, clock: Clock): Step {
  return (next) => async (request) => {
    const answer = await next(signRequest(request, signing, Math.floor(clock.now() / 1000)));
    refuseWrongClock(answer, clock.now());
    return answer;
  };
}

/** Statuses with which a timestamp can be refused. */
const refusingStatuses: ReadonlySet<number> = new Set([400, 401, 403]);

/** The vendor refuses clocks that run ahead at all, and requests that are old; its Date header has whole seconds. */
const toleratedAheadSeconds = 2;
const toleratedBehindSeconds = 60;

function refuseWrongClock({ status, headers }: VendorAnswer, now: number): void {
  const aheadSeconds = Math.round((now - Date.parse(headers["date"] ?? "")) / 1000);
  const isWrong = aheadSeconds > toleratedAheadSeconds || aheadSeconds < -toleratedBehindSeconds;
  if (!refusingStatuses.has(status) || !isWrong) return;
  const direction = aheadSeconds > 0 ? "ahead of" : "behind";
  throw new Failure(
    "unauthorized",
    `Transmit refused the request, and this machine's clock is ${Math.abs(aheadSeconds)} seconds ${direction} the vendor's.`,
    {
      vendor: "transmit",
      httpStatus: status,
      hint: "Set this machine's clock right (NTP) and call again: a request that is dated ahead or too old is refused.",
    },
  );
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
