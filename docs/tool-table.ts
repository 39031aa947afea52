import { readFileSync, writeFileSync } from "node:fs";
import { toDefinition } from "../src/commands/tools.ts";
import { estimateTokens } from "../src/tools/answer-size.ts";
import { toolsets } from "../src/tools/index.ts";

const readme = new URL("../README.md", import.meta.url);
const begin = "<!-- tools: written by `npm run docs` -->";
const end = "<!-- /tools -->";

const accessLetters = { read: "R", write: "W", destroy: "D" };

/** README's table of tools, from the registry: what each takes, and what an agent reads of it costs. */
export function toolTable(): string {
  const rows = Object.entries(toolsets).flatMap(([toolset, tools]) =>
    tools.map((tool) => {
      const [purpose = ""] = tool.description.split(/(?<=[.;:])\s/);
      const { outputSchema: _, ...read } = toDefinition(tool);
      const tokens = estimateTokens(JSON.stringify(read));
      return `| \`${toolset}\` | ${accessLetters[tool.access]} | \`${tool.name}\` | ${purpose.replace(/[.;:]$/, "")} | ${tokens} |`;
    }),
  );
  return ["| toolset | | tool | what it does | tokens |", "|---|---|---|---|---|", ...rows].join("\n");
}

/** README with the table as it should stand. */
export function readmeWithToolTable(): string {
  const [before = "", rest = ""] = readFileSync(readme, "utf8").split(begin);
  const [, after = ""] = rest.split(end);
  return `${before}${begin}\n${toolTable()}\n${end}${after}`;
}

if (import.meta.main) writeFileSync(readme, readmeWithToolTable());
