import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

/** What the files of each folder (or single file) of src/ may import beside their own folder. */
const mayImport: Record<string, string[]> = {
  domain: [],
  planning: ["domain"],
  solver: ["planning", "domain", "highs", "node:worker_threads", "node:path"],
  pipeline: ["domain", "undici", "p-retry"],
  providers: ["pipeline", "domain", "zod", "ws", "node:crypto"],
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
  sandbox: ["domain", "ws", "node:http", "node:crypto"],
  tools: [
    "app.ts",
    "config",
    "state",
    "planning",
    "drawing",
    "following",
    "domain",
    "zod",
    "node:crypto",
    "node:fs/promises",
  ],
  following: ["app.ts", "state", "domain"],
  feeds: ["app.ts", "domain", "following", "node:timers/promises"],
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
  config: ["domain", "node:os", "node:path"],
  "log.ts": ["config"],
  "metrics.ts": ["prom-client"],
  "environment.ts": ["node:fs", "node:util"],
  "version.ts": ["node:fs"],
  "receive-callbacks.ts": ["app.ts", "providers", "transports"],
  "subscriptions.ts": ["@modelcontextprotocol/server"],
  "changes.ts": ["@modelcontextprotocol/server"],
  "app.ts": [
    "changes.ts",
    "config",
    "log.ts",
    "metrics.ts",
    "pipeline",
    "providers",
    "solver",
    "state",
    "domain",
  ],
  "principal-of.ts": ["domain", "node:os", "zod", "@modelcontextprotocol/server"],
  "ask-person.ts": ["domain", "zod", "@modelcontextprotocol/server"],
  "answers.ts": ["tools", "domain", "zod", "@modelcontextprotocol/server"],
  "instructions.ts": ["app.ts", "tools"],
  "prompts.ts": ["app.ts", "tools", "node:fs", "zod", "@modelcontextprotocol/server"],
  "resources.ts": ["app.ts", "tools", "planning", "domain", "@modelcontextprotocol/server"],
  "server.ts": [
    "answers.ts",
    "app.ts",
    "ask-person.ts",
    "instructions.ts",
    "principal-of.ts",
    "prompts.ts",
    "resources.ts",
    "version.ts",
    "tools",
    "domain",
    "@modelcontextprotocol/server",
  ],
  commands: [
    "answers.ts",
    "app.ts",
    "config",
    "environment.ts",
    "metrics.ts",
    "receive-callbacks.ts",
    "server.ts",
    "version.ts",
    "transports",
    "tools",
    "solver",
    "planning",
    "providers",
    "sandbox",
    "domain",
    "zod",
    "@modelcontextprotocol/client",
    "feeds",
    "node:child_process",
    "node:events",
    "node:readline",
    "node:timers/promises",
    "node:fs/promises",
    "node:os",
    "node:path",
    "node:stream/consumers",
    "node:tty",
    "node:url",
    "node:util",
  ],
  "main.ts": ["commands", "domain", "node:module"],
};

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => join("src", file));

function imports(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/(?<![\w.-])(?:from|import)\s*\(?\s*"([^"\n\\]+)"/g)].map(
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

test("every part of src is in the table, and every arrow in it is used", () => {
  expect(new Set(Object.keys(mayImport))).toEqual(new Set(sources.map(topOf)));
  const unused = Object.entries(mayImport).flatMap(([part, allowed]) => {
    const used = new Set(sources.filter((file) => topOf(file) === part).flatMap(imports));
    return allowed.filter((name) => !used.has(name)).map((name) => `${part} imports no ${name}`);
  });
  expect(unused).toEqual([]);
});

test("tools know the app as a type only, so that no cycle can close", () => {
  const values = sources
    .filter((file) => topOf(file) === "tools")
    .filter((file) => /import \{[^}]*\} from "(\.\.\/)+app\.ts"/.test(readFileSync(file, "utf8")));
  expect(values).toEqual([]);
});

test("only environment.ts reads the process's environment", () => {
  const readers = sources.filter((file) => /process\.env\b/.test(readFileSync(file, "utf8")));
  expect(readers).toEqual([join("src", "environment.ts")]);
});

test("no source file is longer than a person reads at once", () => {
  const long = sources.filter((file) => readFileSync(file, "utf8").split("\n").length > 500);
  expect(long).toEqual([]);
});

test("what checks the planner's answers shares no code with it", () => {
  const checkers = ["bench/checker", "bench/instances"].flatMap((folder) =>
    readdirSync(folder, { encoding: "utf8" }).map((file) => join(folder, file)),
  );
  const borrowers = checkers.filter((file) => /"(\.\.\/)+src\//.test(readFileSync(file, "utf8")));
  expect(checkers.length).toBeGreaterThan(3);
  expect(borrowers).toEqual([]);
});
