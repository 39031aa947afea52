import { Failure } from "../domain/failure.ts";

/** The environment as it is read: a variable that is empty counts as absent. */
export type Environment = Record<string, string | undefined>;

/** The trimmed value of a variable, undefined when it is absent or empty. */
export function text(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === "" ? undefined : value;
}

/** The parts of a comma list that are not empty. */
export function list(value: string): string[] {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The value where it is one of those known, the fallback where there is none. */
export function oneOf<const Value extends string>(
  environment: Environment,
  name: string,
  values: readonly Value[],
  fallback: NoInfer<Value>,
): Value {
  const value = text(environment, name);
  if (value === undefined) return fallback;
  const known = values.find((candidate) => candidate === value);
  if (known === undefined) throw malformed(name, `one of ${values.join(", ")}`);
  return known;
}

/** False when none is set; a half-set vendor is a mistake, not an unconfigured one. */
export function requireTogether(environment: Environment, names: readonly string[]): boolean {
  const missing = names.filter((name) => text(environment, name) === undefined);
  if (missing.length === names.length) return false;
  const [first] = missing;
  if (first !== undefined) throw malformed(first, `a value, because ${names.join(", ")} are needed together`);
  return true;
}

/** How an address may look. */
type UrlRules = { mustBeHttps: boolean; fallback?: string };

/** An address without a slash at its end. Plain http is for loopback and for vendors inside the house. */
export function readUrl(environment: Environment, name: string, { mustBeHttps, fallback }: UrlRules): string {
  const url = URL.parse(text(environment, name) ?? fallback ?? "");
  const isLoopback = url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  const isSecure = url?.protocol === "https:" || (url?.protocol === "http:" && (isLoopback || !mustBeHttps));
  if (!url || !isSecure || url.search !== "" || url.hash !== "" || url.username !== "") {
    const scheme = mustBeHttps ? "an https:// address" : "an http:// or https:// address";
    throw malformed(name, `${scheme} without query or credentials, such as https://host/api`);
  }
  return url.href.replace(/\/+$/, "");
}

/** A key or secret: printable, so that it can stand in a header, a query and a form. */
export function readHeaderValue(environment: Environment, name: string): string {
  const value = text(environment, name) ?? "";
  if (!/^[\x21-\x7e]{1,1024}$/.test(value))
    throw malformed(name, "printable ASCII characters without spaces");
  return value;
}

/** The failure that ends the start: one line that names the variable and what it takes. */
export function malformed(name: string, takes: string): Failure {
  return new Failure("invalid_input", `${name} takes ${takes}.`, {
    hint: `Set ${name} in the environment or in .env and start again.`,
    fields: [name],
  });
}
