import { readFileSync } from "node:fs";

/** A sample of a vendor's document, as text. */
export function fixture(path: `${string}/${string}.json`): string {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url), "utf8");
}
