import { createHash } from "node:crypto";

/** JSON whose text depends on the content alone: keys sorted, no spaces, absent members left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value ?? null, withSortedKeys);
}

/** What makes two calls of a tool the same call: SHA-256 (hex) over its name and its canonical arguments. */
export function fingerprintOf(tool: string, callArguments: unknown): string {
  return sha256(`${tool}\n${canonicalJson(callArguments)}`);
}

/**
 * Tells the things that a text may name apart, and does not name them: of 24 bits, so that thousands of phone numbers
 * have the same one. Two that share one by chance are looked up together, which costs a look and no more.
 */
export function tagOf(text: string): string {
  return `tag ${sha256(text).slice(0, 6)}`;
}

/** SHA-256 of a text, in hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function withSortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
