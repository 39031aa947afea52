import { Failure } from "../../domain/failure.ts";
import { exchange, measure, type VendorCheck, type VendorLine } from "../provider.ts";
import { signatureRefused } from "./error-codes.ts";
import { isPastSignature } from "./errors.ts";
import { get, post } from "./request.ts";
import { positionsSchema, receiptSchema } from "./schemas.ts";
import type { SigningScope } from "./sign.ts";

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
type Finding = { verdict: "taken" | "refused" | "untold"; madeOrderSn?: string };

const scopes: readonly SigningScope[] = ["json", "scalars", "public"];

/**
 * Reads the positions, then finds out which scopes the deployment takes. Reads have no nested values, so `json` and
 * `scalars` sign them alike: only an order tells the two apart. Fails with `unauthorized`, naming the right
 * YUNJI_SIGNING, where the configured scope is refused and another one is taken.
 */
export async function checkDeployment(deployment: Deployment): Promise<VendorCheck> {
  const { line, scope, signal } = deployment;
  const request = { ...get("/v1/position/query", [["type", "1"]]), signal };
  const read = await measure(line, () => exchange(line, request, positionsSchema)).catch(refusedSignature);
  const findings = await probeScopes(deployment);
  const taken = scopes.filter((each) => findings.get(each)?.verdict === "taken");
  if (findings.get(scope)?.verdict === "refused" && taken.length > 0) throw wrongScope(scope, taken);
  if (read instanceof Failure) throw read;
  const made = [...findings.values()].flatMap(({ madeOrderSn }) => madeOrderSn ?? []);
  return { ...read, notes: [describe(scope, findings, taken), ...made.map(describeMadeOrder)] };
}

async function probeScopes(deployment: Deployment): Promise<Map<SigningScope, Finding>> {
  const findings = new Map<SigningScope, Finding>();
  for (const scope of scopes) {
    const finding = await probe(deployment, scope);
    findings.set(scope, finding);
    if (finding.madeOrderSn !== undefined) break; // a vendor that makes orders out of nothing is asked no more
  }
  return findings;
}

/**
 * Asks for an order that can't be made: it has no room, and neither its user nor its product exists. Whether the
 * signature was taken shows in what the vendor objects to.
 */
async function probe({ openScope, storeId, signal }: Deployment, scope: SigningScope): Promise<Finding> {
  const line = openScope(scope);
  const impossibleOrder = {
    userId: "waybill-doctor",
    storeId,
    amount: 0,
    orderFormInfo: [{ productId: "waybill-doctor", quantity: 1 }],
    thirdPayType: 3,
    contactInfo: { recipientName: "waybill doctor" },
  };
  const request = {
    ...post("/v1/order/createPoiOrder", impossibleOrder),
    isWrite: true,
    isRepeatable: false,
    signal,
  };
  try {
    const { value } = await exchange(line, request, receiptSchema);
    return { verdict: "taken", madeOrderSn: value.orderInfo.orderSN };
  } catch (error) {
    if (signal?.aborted) throw error;
    if (!(error instanceof Failure)) throw error;
    if (error.details.vendorCode === signatureRefused) return { verdict: "refused" };
    return { verdict: isPastSignature(error) ? "taken" : "untold" };
  } finally {
    await line.close();
  }
}

/** A refused signature is no end yet: the probes tell why. */
function refusedSignature(error: unknown): Failure {
  if (error instanceof Failure && error.details.vendorCode === signatureRefused) return error;
  throw error;
}

function wrongScope(scope: SigningScope, taken: readonly SigningScope[]): Failure {
  return new Failure("unauthorized", `This deployment does not take what YUNJI_SIGNING=${scope} signs.`, {
    vendor: "yunji",
    vendorCode: signatureRefused,
    hint: `Set YUNJI_SIGNING=${taken.join(" or ")}.`,
  });
}

function describe(
  scope: SigningScope,
  findings: ReadonlyMap<SigningScope, Finding>,
  taken: readonly SigningScope[],
): string {
  const verdict = findings.get(scope)?.verdict ?? "untold";
  if (verdict === "taken" && taken.length === 1) {
    return `The deployment takes signing scope ${scope}, as YUNJI_SIGNING says, and no other.`;
  }
  if (verdict === "taken") {
    return `The deployment took an order signed in the scopes ${taken.join(", ")}, so it reads orders before their signatures or does not check them: keep YUNJI_SIGNING=${scope} unless orders are refused.`;
  }
  if (verdict === "refused") {
    return "The deployment refuses the signature of an order in every scope, although it takes that of reads: ask Yunji how it signs nested values.";
  }
  return `Whether the deployment takes signing scope ${scope} for orders could not be told: its answer did not speak of the signature.`;
}

function describeMadeOrder(orderSn: string): string {
  return `The deployment made order ${orderSn} out of a probe without room, user or product: cancel it.`;
}
