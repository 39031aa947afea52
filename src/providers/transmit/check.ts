import { z } from "zod";
import { Failure } from "../../domain/failure.ts";
import { signSchemes } from "../../domain/vendor-settings.ts";
import type { VendorAnswer } from "../../pipeline/pipeline.ts";
import { type Exchange, exchange, measure, type VendorCheck, type VendorLine } from "../provider.ts";
import { withClock } from "./request.ts";
import type { Signing } from "./sign.ts";

/** A way of signing without the account. */
type Way = Pick<Signing, "signScheme" | "signPrefix">;

/** Opens a line that signs in its own way. */
type OpenLine = (signing: Partial<Signing>) => VendorLine;

/** How the vendor answered a harmless read: an error may well come after the signature was accepted. */
type Reply = { answer: VendorAnswer; failure?: Failure };

/**
 * Finds out whether the deployment takes the configured way of signing. If not, tries the others and fails with the
 * variables to set: `unauthorized`.
 */
export async function checkSigning(
  line: VendorLine,
  { configured, open, signal }: { configured: Way; open: OpenLine; signal?: AbortSignal | undefined },
): Promise<VendorCheck> {
  const askOnce = async (signing: Partial<Signing>) => {
    const other = open(signing);
    return ask(other, signal).finally(other.close);
  };
  let badReply: Promise<Reply> | undefined;
  const askBadly = () => {
    badReply ??= askOnce({ ...configured, salt: "not the salt" });
    return badReply;
  };

  let reply: Reply | undefined;
  const check = await measure(line, async (): Promise<Exchange<unknown>> => {
    reply = await ask(line, signal);
    return { value: undefined, answer: reply.answer };
  });
  if (!reply || (await isAccepted(reply, askBadly))) {
    return { ...check, notes: [`The deployment takes ${describe(configured)}, as configured.`] };
  }
  for (const way of otherWays(configured, line.profile.baseUrl)) {
    if (await isAccepted(await askOnce(way), askBadly)) throw otherWay(way);
  }
  throw reply.failure?.code === "unauthorized" ? withClock(noWay(), line.vendorClock) : reply.failure;
}

/** Lists the loads of a broker who can hardly exist: whatever is answered, nothing changes. */
async function ask(line: VendorLine, signal: AbortSignal | undefined): Promise<Reply> {
  let answer: VendorAnswer | undefined;
  const watched: VendorLine = {
    ...line,
    send: async (request) => {
      answer = await line.send(request);
      return answer;
    },
  };
  const request = {
    method: "GET" as const,
    path: "/trackings",
    query: [["broker_id", "0"]] as const,
    signal,
  };
  try {
    const told = await exchange(watched, request, z.unknown());
    return { answer: told.answer };
  } catch (error) {
    if (!answer || !(error instanceof Failure) || !isRefusal(answer.status)) throw error;
    return { answer, failure: error };
  }
}

/** A 4xx that says something of the request itself. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** Whether a signature was accepted: where the status alone does not tell, a wrong one is answered otherwise. */
async function isAccepted({ answer, failure }: Reply, askBadly: () => Promise<Reply>): Promise<boolean> {
  if (!failure) return true;
  if (answer.status === 401) return false;
  return (await askBadly()).answer.status !== answer.status;
}

/** The path that every endpoint of the document is below. */
const documentedPath = "/api/transmit";

/** Every way but the configured one: both schemes over the resource's path, and over the whole one, seen from either side of a proxy. */
function otherWays(configured: Way, baseUrl: string): Way[] {
  const ownPath = new URL(baseUrl).pathname.replace(/\/+$/, "");
  const prefixes = [...new Set([configured.signPrefix, "", documentedPath, ownPath])];
  return signSchemes
    .flatMap((signScheme) => prefixes.map((signPrefix) => ({ signScheme, signPrefix })))
    .filter((way) => way.signScheme !== configured.signScheme || way.signPrefix !== configured.signPrefix);
}

function describe({ signScheme, signPrefix }: Way): string {
  const prefix = signPrefix === "" ? "the resource's path alone" : `${signPrefix} before the resource's path`;
  return `${signScheme} signatures over ${prefix}`;
}

function otherWay(way: Way): Failure {
  const prefix =
    way.signPrefix === "" ? "TRANSMIT_SIGN_PREFIX empty" : `TRANSMIT_SIGN_PREFIX=${way.signPrefix}`;
  return new Failure(
    "unauthorized",
    `Transmit's deployment takes ${describe(way)}, which is not configured.`,
    {
      vendor: "transmit",
      hint: `Set TRANSMIT_SIGN_SCHEME=${way.signScheme} and ${prefix}.`,
    },
  );
}

function noWay(): Failure {
  return new Failure("unauthorized", "Transmit accepts no signature that this account can make.", {
    vendor: "transmit",
    hint: "Check TRANSMIT_TOKEN and TRANSMIT_SALT: both schemes were tried, with and without the path's prefix.",
  });
}
