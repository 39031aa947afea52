import { createHash } from "node:crypto";
import { hexOf } from "../random.ts";

/** What the vendor knows of a client: the hash of its secret, never the secret (routemate.txt, 安全模型). */
export type Integration = { clientId: string; secretHash: string; isDisabled: boolean };

export type Credentials = { clientId: string; clientSecret: string };

/** The credentials that a seed gives. `main` is the factory's; `disabled` was switched off in the web application. */
export function credentialsOf(name: "main" | "other" | "disabled", seed: number): Credentials {
  return {
    clientId: `rm_ci_${hexOf(`client id ${name} ${seed}`, 24)}`,
    clientSecret: `rm_cs_${hexOf(`client secret ${name} ${seed}`, 40)}`,
  };
}

/** The integrations of the vendor's customers. */
export function createIntegrations(seed: number): Integration[] {
  return (["main", "other", "disabled"] as const).map((name) => {
    const { clientId, clientSecret } = credentialsOf(name, seed);
    return { clientId, secretHash: hashSecret(clientSecret), isDisabled: name === "disabled" };
  });
}

/** SHA-256 in hexadecimal. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
