import type { Clock } from "../clock.ts";
import type { Answer, SandboxRequest } from "../message.ts";
import { ageOfRequest } from "../request-age.ts";
import { refuseAs, refuseParameter } from "./refusals.ts";
import { readText, type SentParameters } from "./sent-parameters.ts";
import { publicParameters, type SigningScope, sign, textToSign } from "./signature.ts";

/** What the vendor hands out to an account. */
export type Credentials = { accessKeyId: string; accessKeySecret: string; storeId: string };

/** Gives the refusal of a request that is not signed as it must be, undefined for one that may pass. */
export type Admission = (request: SandboxRequest, parameters: SentParameters) => Answer | undefined;

type AdmissionOptions = { clock: Clock; credentials: Credentials; signing: SigningScope };

const windowMilliseconds = 15 * 60_000;
const rememberedNonces = 100_000;

/**
 * The checks of yunji.txt, 公共请求参数 and 计算签名. Time is a client's: requests come in real seconds. A nonce that
 * was used is refused as a wrong signature: the table has no code of its own for it, 10503 is its only other one on
 * whether a request is genuine, and 10502 would send the client off to correct a clock that is right.
 */
export function createAdmission({ clock, credentials, signing }: AdmissionOptions): Admission {
  const usedNonces = new Set<string>();
  const isFresh = (nonce: string) => {
    if (usedNonces.has(nonce)) return false;
    usedNonces.add(nonce);
    const [oldest] = usedNonces;
    if (usedNonces.size > rememberedNonces && oldest !== undefined) usedNonces.delete(oldest);
    return true;
  };
  return (request, parameters) => {
    const missing = [...publicParameters, "signature"].find((name) => !readText(parameters, name));
    if (missing !== undefined) return refuseParameter(missing);
    const read = (name: string) => readText(parameters, name) ?? "";
    const sentAt = parseTimestamp(read("timestamp"));
    if (sentAt === undefined) return refuseParameter("timestamp");
    if (read("accessKeyId") !== credentials.accessKeyId) return refuseAs("wrongSignature");
    if (Math.abs(ageOfRequest(sentAt, clock, request)) > windowMilliseconds)
      return refuseAs("expiredTimestamp");
    const expected = sign(textToSign(parameters, signing), credentials.accessKeySecret);
    if (read("signature") !== expected) return refuseAs("wrongSignature");
    return isFresh(read("signatureNonce")) ? undefined : refuseAs("wrongSignature");
  };
}

/** YYYY-MM-DDThh:mm:ssZ in milliseconds since the epoch; undefined for anything else. */
function parseTimestamp(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
