import type { VerificationCode } from "../records.ts";
import { sixDigitsOf, type Tenant } from "../tenant.ts";

/** How long a code is good, by the client's clock. */
export const codeSeconds = 300;

/**
 * Sends a code: there is no SMS, so the tenant's records are where it can be read. An earlier one of the same
 * phone and type is no longer good.
 */
export function sendCode(
  tenant: Tenant,
  { phone, type }: Pick<VerificationCode, "phone" | "type">,
  clientNow: number,
): void {
  const { verificationCodes } = tenant.records;
  for (const earlier of verificationCodes) {
    if (earlier.phone === phone && earlier.type === type) earlier.isUsed = true;
  }
  const code = sixDigitsOf(tenant.newId("verification code"));
  verificationCodes.push({ phone, type, code, expiresAt: clientNow + codeSeconds * 1000, isUsed: false });
}

/** Uses a code up; false when there is no such code, or it was used, or its time is over. */
export function useCode(
  tenant: Tenant,
  { phone, type, code }: Pick<VerificationCode, "phone" | "type" | "code">,
  clientNow: number,
): boolean {
  const found = tenant.records.verificationCodes.find(
    (one) => one.phone === phone && one.type === type && !one.isUsed,
  );
  if (!found || found.code !== code || found.expiresAt <= clientNow) return false;
  found.isUsed = true;
  return true;
}
