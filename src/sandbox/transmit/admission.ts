import type { Clock } from "../clock.ts";
import type { Answer, SandboxRequest } from "../message.ts";
import { ageOfRequest } from "../request-age.ts";
import { refuse } from "./refusals.ts";
import { parameterNames, type Signing, signatureOf } from "./signature.ts";

/** Gives the refusal of a request that is not signed as it must be; `path` is the resource's. */
export type Admission = (request: SandboxRequest, path: string) => Answer | undefined;

const windowSeconds = 15 * 60;

/**
 * The three checks of transmit.txt, API认证. The document gives the window no length. A timestamp that is ahead of the
 * vendor's clock, by a second even, is refused; time is a client's, since requests come in real seconds.
 */
export function createAdmission(clock: Clock, token: string, signing: Signing): Admission {
  const names = parameterNames[signing.scheme];
  return (request, path) => {
    const unauthorized = (message: string) => refuse({ status: 401, message });
    const missing = Object.values(names).find((name) => !request.query.get(name));
    if (missing !== undefined) return unauthorized(`${missing} is required`);
    if (request.query.get(names.token) !== token) return unauthorized(`${names.token} is invalid`);
    const timestamp = request.query.get(names.timestamp) ?? "";
    if (!/^\d{1,12}$/.test(timestamp)) return unauthorized(`${names.timestamp} is invalid`);
    const ageSeconds = ageOfRequest(Number(timestamp) * 1000, clock, request) / 1000;
    if (ageSeconds < 0) return unauthorized(`${names.timestamp} is in the future`);
    if (ageSeconds > windowSeconds) return unauthorized(`${names.timestamp} has expired`);
    const expected = signatureOf(request, path, signing);
    if (request.query.get(names.signature) === expected) return undefined;
    return unauthorized(`${names.signature} is invalid`);
  };
}
