import { readFileSync } from "node:fs";

/** The package's version; package.json lies one level above both src/ and dist/. */
export const version = readVersion();

function readVersion(): string {
  const content: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  if (typeof content === "object" && content !== null && "version" in content) return String(content.version);
  throw new Error("package.json has no version");
}
