import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readmeWithToolTable } from "../docs/tool-table.ts";

const readme = readFileSync("README.md", "utf8");

test("README's tool table is what `npm run docs` writes", () => {
  expect(readme).toBe(readmeWithToolTable());
});

test("README's two commands are what CI runs", () => {
  const ci = readFileSync(".ci/run", "utf8");
  for (const command of ["npm ci", "npm run demo", "npm test"]) {
    expect(readme).toContain(command);
    expect(ci).toContain(command);
  }
});

test("README links to nothing in the repository that is not there", () => {
  const targets = [...readme.matchAll(/\]\((?!http|#)([^)]+)\)/g)].map(([, target = ""]) => target);
  for (const target of targets) expect(() => readFileSync(target), target).not.toThrow();
});
