import { z } from "zod";
import { Failure } from "../../domain/failure.ts";
import { type SigningScope, signingScopes } from "../../domain/vendor-settings.ts";
import { exchange, measure, type VendorCheck, type VendorLine } from "../provider.ts";
import { signatureRefused } from "./error-codes.ts";
import { isPastSignature, isSignatureRefused } from "./errors.ts";
import { get, post } from "./request.ts";
import { positionsSchema } from "./schemas.ts";

/** What the check needs of a client. */
type Deployment = {
  line: VendorLine;
  /** The same account, signed in another scope. */
  openScope: (scope: SigningScope) => VendorLine;
  /** The configured one. */
  scope: SigningScope;
  storeId: string;
  signal: AbortSignal | undefined;
};

/** What a probe showed of a scope; `untold` where the answer did not speak of the signature. */
type Verdict = "taken" | "refused" | "untold";

/**
 * Reads the positions, then finds out which scopes the deployment takes. Reads have no nested values, so `json` and
 * `scalars` sign them alike: only a body with one tells the two apart. Fails with `unauthorized`, naming the right
 * YUNJI_SIGNING, where the configured scope is refused and another one is taken.
 */
export async function checkDeployment(deployment: Deployment): Promise<VendorCheck> {
  const { line, scope, signal } = deployment;
  const request = { ...get("/v1/position/query", [["type", "1"]]), signal };
  const read = await measure(line, () => exchange(line, request, positionsSchema)).catch(refusedSignature);
  const verdicts = new Map<SigningScope, Verdict>();
  for (const each of signingScopes) verdicts.set(each, await probe(deployment, each));
  const taken = signingScopes.filter((each) => verdicts.get(each) === "taken");
  if (verdicts.get(scope) === "refused" && taken.length > 0) throw wrongScope(scope, taken);
  if (read instanceof Failure) throw read;
  return { ...read, notes: [describe(scope, verdicts.get(scope) ?? "untold", taken)] };
}

/**
 * Asks how long a task takes that does not exist, with a nested member that the question does not have: nothing
 * changes whatever is answered, and whether the signature was taken shows in what the vendor objects to.
 */
async function probe({ openScope, storeId, signal }: Deployment, scope: SigningScope): Promise<Verdict> {
  const line = openScope(scope);
  const question = { storeId, taskId: "waybill-doctor", probe: { nested: "waybill-doctor" } };
  const request = { ...post("/v1/task/estimatedTime", question), signal };
  try {
    await exchange(line, request, z.unknown());
    return "taken";
  } catch (error) {
    if (signal?.aborted || !(error instanceof Failure)) throw error;
    if (isSignatureRefused(error)) return "refused";
    return isPastSignature(error) ? "taken" : "untold";
  } finally {
    await line.close();
  }
}

/** A refused signature is no end yet: the probes tell why. */
function refusedSignature(error: unknown): Failure {
  if (error instanceof Failure && isSignatureRefused(error)) return error;
  throw error;
}

function wrongScope(scope: SigningScope, taken: readonly SigningScope[]): Failure {
  return new Failure("unauthorized", `This deployment does not take what YUNJI_SIGNING=${scope} signs.`, {
    vendor: "yunji",
    vendorCode: signatureRefused,
    hint: `Set YUNJI_SIGNING=${taken.join(" or ")}.`,
  });
}

function describe(scope: SigningScope, verdict: Verdict, taken: readonly SigningScope[]): string {
  if (verdict === "taken" && taken.length === 1) {
    return `The deployment takes signing scope ${scope}, as YUNJI_SIGNING says, and no other.`;
  }
  if (verdict === "taken") {
    return `The deployment took a nested value signed in the scopes ${taken.join(", ")}, so it reads requests before their signatures or does not check them: keep YUNJI_SIGNING=${scope} unless orders are refused.`;
  }
  if (verdict === "refused") {
    return "The deployment refuses the signature of nested values in every scope, although it takes that of reads: ask Yunji how it signs them.";
  }
  return `Whether the deployment takes signing scope ${scope} for orders could not be told: its answer did not speak of the signature.`;
}
