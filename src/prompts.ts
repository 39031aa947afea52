import { readdirSync, readFileSync } from "node:fs";
import { completable, type McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { App } from "./app.ts";
import { servedTools } from "./tools/index.ts";

/** A prompt as its Markdown file in prompts/ gives it. */
type Prompt = {
  name: string;
  title: string;
  description: string;
  /** The tool without which it makes no sense. */
  needs: string;
  arguments: PromptArgument[];
  body: string;
};

type PromptArgument = { name: string; description: string; isRequired: boolean };

/** prompts/ lies one level above both src/ and dist/. */
const directory = new URL("../prompts/", import.meta.url);

let loaded: readonly Prompt[] | undefined;

/** Puts the files of prompts/ on the server whose tool is served; arguments complete from configuration and plans. */
export function registerPrompts(server: McpServer, app: App): void {
  loaded ??= loadPrompts();
  const served = new Set(servedTools(app.config).map(({ name }) => name));
  for (const prompt of loaded.filter(({ needs }) => served.has(needs))) {
    const { name, title, description } = prompt;
    const argsSchema = z.strictObject(
      Object.fromEntries(prompt.arguments.map((argument) => [argument.name, argumentSchema(argument, app)])),
    );
    server.registerPrompt(name, { title, description, argsSchema }, (values) => ({
      messages: [{ role: "user", content: { type: "text", text: fillIn(prompt.body, values) } }],
    }));
  }
}

/** The prompts in the package, by file name. */
export function loadPrompts(): Prompt[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => parsePrompt(readFileSync(new URL(file, directory), "utf8"), file));
}

function parsePrompt(text: string, file: string): Prompt {
  const [, head = "", body = ""] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  const lines = head.split("\n").map((line) => /^(argument )?(\w+)(\?)?: (.+)$/.exec(line));
  const field = (name: string) => lines.find((line) => line && !line[1] && line[2] === name)?.[4];
  const [name, title, description] = [field("name"), field("title"), field("description")];
  const needs = field("needs");
  if (!name || !title || !description || !needs || body === "")
    throw new Error(`prompts/${file} lacks name, title, description, needs or text`);
  const declared = lines.flatMap((line) =>
    line?.[1] ? [{ name: line[2] ?? "", isRequired: line[3] === undefined, description: line[4] ?? "" }] : [],
  );
  return { name, title, description, needs, arguments: declared, body: body.trim() };
}

/**
 * Puts values into the text: `{{name}}` the value, `{{name|words}}` the value or else the words,
 * `{{name:words}}` the words and the value, or nothing.
 */
export function fillIn(body: string, values: Record<string, unknown>): string {
  return body.replace(/\{\{(\w+)(?:([|:])([^}]*))?\}\}/g, (_, name: string, kind?: string, words = "") => {
    const value = values[name];
    if (value === undefined || value === "") return kind === "|" ? words : "";
    return kind === ":" ? `${words}${value}` : String(value);
  });
}

function argumentSchema({ name, description, isRequired }: PromptArgument, app: App) {
  const completer = completers[name];
  const text = z.string().max(200).describe(description);
  const schema = completer ? completable(text, (start) => completer(app, start)) : text;
  return isRequired ? schema : schema.optional();
}

const completers: Record<string, (app: App, start: string) => string[] | Promise<string[]>> = {
  area: ({ config }, start) => config.areas.filter((area) => area.startsWith(start)),
  plan_id: async (app, start) => (await app.store()).plans.idsStartingWith(start, 20),
};
