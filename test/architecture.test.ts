import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

/** What the files of each folder (or single file) of src/ may import beside their own folder. */
const mayImport: Record<string, string[]> = {
  domain: [],
  planning: ["domain"],
  solver: ["planning", "domain", "node:worker_threads", "node:path", "node:os"],
  pipeline: ["domain", "undici", "p-retry", "node:http", "node:stream", "node:zlib"],
  providers: ["pipeline", "domain", "zod", "node:crypto"],
  state: [
    "domain",
    "kysely",
    "node:sqlite",
    "node:fs",
    "node:path",
    "node:crypto",
    "node:timers/promises",
    "node:os",
  ],
  drawing: [
    "domain",
    "node:fs/promises",
    "node:module",
    "opentype.js",
    "woff2-encoder/decompress",
    "@resvg/resvg-wasm",
  ],
  sandbox: ["domain", "node:http", "node:net", "node:crypto", "node:stream", "node:timers/promises"],
  tools: ["app.ts", "config.ts", "providers", "solver", "state", "planning", "drawing", "domain", "zod"],
  transports: [
    "domain",
    "log.ts",
    "metrics.ts",
    "subscriptions.ts",
    "@modelcontextprotocol/server",
    "@modelcontextprotocol/server/stdio",
    "@modelcontextprotocol/node",
    "node:http",
    "node:net",
    "node:crypto",
  ],
  "config.ts": ["domain", "node:os", "node:path"],
  "log.ts": ["config.ts"],
  "metrics.ts": ["prom-client"],
};

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => join("src", file));

function imports(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/(?<![\w-])(?:from|import)\s*\(?\s*"([^"\n]+)"/g)].map(
    ([, path = ""]) => (path.startsWith(".") ? topOf(join(dirname(file), path)) : path),
  );
}

function topOf(path: string): string {
  return relative("src", path).split("/", 1).join();
}

test.each(Object.entries(mayImport))("src/%s imports only what it may", (part, allowed) => {
  const files = sources.filter((file) => topOf(file) === part);
  const strays = files.flatMap((file) =>
    imports(file)
      .filter((imported) => imported !== part && !allowed.includes(imported))
      .map((imported) => `${file} imports ${imported}`),
  );
  expect(files).not.toEqual([]);
  expect(strays).toEqual([]);
});

test("tools know the app as a type only, so that no cycle can close", () => {
  const values = sources
    .filter((file) => topOf(file) === "tools")
    .filter((file) => /import \{[^}]*\} from "(\.\.\/)+app\.ts"/.test(readFileSync(file, "utf8")));
  expect(values).toEqual([]);
});

test("only the configuration and the commands read the process's environment", () => {
  const readers = sources.filter((file) => /process\.env\b/.test(readFileSync(file, "utf8")));
  expect(readers).toEqual([join("src", "environment.ts")]);
});

test("no source file is longer than a person reads at once", () => {
  const long = sources.filter((file) => readFileSync(file, "utf8").split("\n").length > 500);
  expect(long).toEqual([]);
});
