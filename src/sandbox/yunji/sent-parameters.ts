import { isRecord, parseJson, type SandboxRequest } from "../message.ts";

/** A parameter as it came. `text` is what the sender wrote: of a nested value its JSON without spaces. */
type SentValue = {
  kind: "query" | "string" | "number" | "boolean" | "null" | "nested";
  text: string;
};

/** A request's parameters by name: the query's of a GET, the JSON body's members of a POST. */
export type SentParameters = ReadonlyMap<string, SentValue>;

/** Undefined when a POST brings no JSON object, or does not call it one. */
export function readParameters(request: SandboxRequest): SentParameters | undefined {
  if (request.method === "GET") {
    return new Map([...request.query].map(([name, text]) => [name, { kind: "query", text }]));
  }
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json" || !isRecord(parseJson(request.body))) return undefined;
  const members = memberTexts(request.body);
  return new Map([...members].map(([name, json]) => [name, sentValue(json)]));
}

/** A text that is not empty; undefined when it is missing, empty or of another type. */
export function readText(parameters: SentParameters, name: string): string | undefined {
  const value = parameters.get(name);
  const isText = value?.kind === "string" || value?.kind === "query";
  return isText && value.text !== "" ? value.text : undefined;
}

/** A text that may be missing, empty or null; undefined when it is of another type. */
export function readOptionalText(parameters: SentParameters, name: string): string | null | undefined {
  const value = parameters.get(name);
  if (!value || value.text === "") return null;
  return readText(parameters, name);
}

/** The text of a number, with all its digits; in a body it has to be a number and not a text of digits. */
export function readNumber(parameters: SentParameters, name: string): string | undefined {
  const value = parameters.get(name);
  const isNumber = value?.kind === "number" || value?.kind === "query";
  return isNumber && /^-?\d+(\.\d+)?$/.test(value.text) ? value.text : undefined;
}

/** The text of a whole number from 0. */
export function readWhole(parameters: SentParameters, name: string): string | undefined {
  const text = readNumber(parameters, name);
  return text !== undefined && /^\d+$/.test(text) ? text : undefined;
}

/** An object or a list. */
export function readNested(parameters: SentParameters, name: string): unknown {
  const value = parameters.get(name);
  return value?.kind === "nested" ? parseJson(value.text) : undefined;
}

function sentValue(json: string): SentValue {
  if (json.startsWith('"')) return { kind: "string", text: String(parseJson(json)) };
  if (json.startsWith("{") || json.startsWith("[")) return { kind: "nested", text: json };
  if (json === "null") return { kind: "null", text: "" };
  return { kind: json === "true" || json === "false" ? "boolean" : "number", text: json };
}

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** The source text of each member of what is known to be a JSON object, without the spaces between tokens. */
function memberTexts(objectText: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 1;
  let name: string | undefined;
  let value = "";
  for (const [token] of objectText.slice(objectText.indexOf("{") + 1).matchAll(tokens)) {
    if (token === "}" || token === "]") depth -= 1;
    if (depth === 1 && token === ":") continue;
    if (depth === 0 || (depth === 1 && token === ",")) {
      if (name !== undefined) members.set(name, value);
      name = undefined;
      value = "";
      continue;
    }
    if (name === undefined) name = String(parseJson(token));
    else value += token;
    if (token === "{" || token === "[") depth += 1;
  }
  return members;
}
