import { servedSchemas } from "../answers.ts";
import { readConfig } from "../config/config.ts";
import { readEnvironment } from "../environment.ts";
import { servedTools, servedToolsets } from "../tools/index.ts";
import { annotationsOf, type Tool } from "../tools/tool.ts";
import { parseOptions } from "./parse-options.ts";

/** What `waybill tools --help` prints. */
export const help = `waybill tools: the tool catalogue as this configuration serves it

Usage: waybill tools [--json]

  --json   the full definitions: schemas and annotations
`;

/** Prints the catalogue as a table by toolset, or as the protocol gives it. */
export async function run(args: string[]): Promise<number> {
  const { json } = parseOptions(args, { json: { type: "boolean", default: false } });
  const config = readConfig(readEnvironment());
  if (json) {
    const tools = servedTools(config).map(toDefinition);
    process.stdout.write(`${JSON.stringify({ tools }, null, 2)}\n`);
    return 0;
  }
  for (const { name, tools } of servedToolsets(config))
    process.stdout.write(`${name}\n${tools.map(toRow).join("")}\n`);
  return 0;
}

/** A tool as `tools/list` gives it. */
export function toDefinition(tool: Tool) {
  const { input, output } = servedSchemas(tool);
  const { name, title, description } = tool;
  return {
    name,
    title,
    description,
    inputSchema: input,
    outputSchema: output,
    annotations: annotationsOf(tool),
  };
}

function toRow({ name, access, title }: Tool): string {
  return `  ${name.padEnd(28)}${access.padEnd(9)}${title}\n`;
}
