import { createHmac } from "node:crypto";
import type { SentParameters } from "./sent-parameters.ts";

/**
 * What of a request is signed. yunji.txt says nothing of nested values, so a deployment may sign them as their JSON,
 * leave them out (`scalars`), or sign the public parameters alone (`public`).
 */
export type SigningScope = "json" | "scalars" | "public";

/** The parameters that every request carries beside its signature (yunji.txt, 公共请求参数). */
export const publicParameters = ["accessKeyId", "signatureNonce", "timestamp"] as const;

/**
 * The text that is signed (yunji.txt, 计算签名): key=value in the ASCII order of the names, without the signature
 * itself and without empty values, each value as it was sent.
 */
export function textToSign(parameters: SentParameters, scope: SigningScope): string {
  const publicNames: readonly string[] = publicParameters;
  return [...parameters]
    .filter(([name, { text }]) => name !== "signature" && text !== "")
    .filter(([name]) => scope !== "public" || publicNames.includes(name))
    .filter(([, { kind }]) => scope !== "scalars" || kind !== "nested")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { text }]) => `${name}=${text}`)
    .join("&");
}

/** HMAC-SHA1 with the secret and an ampersand for its key, in Base64. */
export function sign(text: string, accessKeySecret: string): string {
  return createHmac("sha1", `${accessKeySecret}&`).update(text).digest("base64");
}
