import { inSnakeCase } from "../../domain/snake-case.ts";
import { estimateDataTokens } from "../answer-size.ts";

const mostTokens = 2_000;

/** What the vendor's answer to a write holds, which its document does not show; nothing when it is very long. */
export function shortDetails(details: Record<string, unknown>): Record<string, unknown> {
  return estimateDataTokens(details) <= mostTokens ? inSnakeCase(details) : {};
}
