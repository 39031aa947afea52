import * as z from "zod";
import { Failure } from "../domain/failure.ts";
import { nearestName } from "./nearest-name.ts";

type Issue = z.core.$ZodIssue;

/**
 * The arguments as the schema gives them, or one `invalid_input` that names every wrong field and what it takes.
 * `served`: the schema that callers see, where it has more.
 */
export function parseArguments<Input extends z.ZodObject>(
  schema: Input,
  rawArguments: unknown,
  served: z.ZodObject = schema,
): z.output<Input> {
  const parsed = schema.safeParse(rawArguments ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => describe(issue, served));
  const shown = problems.slice(0, 5).map(({ text }) => text);
  if (problems.length > shown.length) shown.push(`${problems.length - shown.length} more fields are wrong`);
  throw new Failure("invalid_input", `${shown.join("; ")}.`, {
    hint: "Correct the named fields and call again; nothing was done.",
    fields: [...new Set(problems.map(({ field }) => field))].slice(0, 20),
  });
}

function describe(issue: Issue, schema: z.ZodObject): { field: string; text: string }[] {
  const field = fieldName(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key, index) => {
      const name = fieldName([...issue.path, key]);
      return {
        field: name,
        text: `\`${name}\` is not known here${suggest(schema, issue.path, key)}${index === 0 ? `; ${ownWords(issue) ?? knownNames(schema, issue.path)}` : ""}`,
      };
    });
  }
  const within = issue.code === "invalid_union" ? meantBranch(issue) : undefined;
  if (within)
    return within.flatMap((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] }, schema));
  const names =
    issue.code === "invalid_type" && issue.expected === "object" ? namesAt(schema, issue.path) : [];
  const withFields = names.length === 0 ? "" : ` with ${names.join(", ")}`;
  return [{ field, text: `\`${field}\` ${expectation(issue)}${withFields}` }];
}

/** What a schema says itself of names that it does not know, where it says anything. */
function ownWords({ message }: Issue): string | undefined {
  return message.startsWith("Unrecognized key") ? undefined : message;
}

type UnionIssue = Extract<Issue, { code: "invalid_union" }>;

/** The alternative that was meant: the one whose kind fits, so that something inside it is wrong. */
function meantBranch({ errors }: UnionIssue): Issue[] | undefined {
  return errors.find((branch) =>
    branch.every(({ code, path }) => code !== "invalid_type" || path.length > 0),
  );
}

function expectation(issue: Issue): string {
  if (issue.code === "invalid_type" && issue.message.startsWith("takes ")) return issue.message;
  if (issue.code === "invalid_type") {
    return issue.input === undefined
      ? `is missing: it takes ${article(issue.expected)}`
      : `takes ${article(issue.expected)}`;
  }
  if (issue.code === "invalid_value") return `takes one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_small") return `takes ${bound(issue.origin, "at least", issue.minimum)}`;
  if (issue.code === "too_big") return `takes ${bound(issue.origin, "at most", issue.maximum)}`;
  if (issue.code === "custom" || issue.code === "invalid_format") return issue.message;
  if (issue.code === "invalid_union") return unionExpectation(issue);
  return "is not of the form that the schema gives";
}

function unionExpectation(issue: UnionIssue): string {
  const first = issue.errors.flatMap((branch) => branch.slice(0, 1));
  if (issue.input === undefined) {
    const kinds = first.map((inner) => (inner.code === "invalid_type" ? article(inner.expected) : "a value"));
    return `is missing: it takes ${[...new Set(kinds)].join(" or ")}`;
  }
  return [...new Set(first.map(expectation))].join(", or ");
}

function bound(origin: string, side: string, limit: number | bigint): string {
  if (origin === "string") return `text of ${side} ${limit} characters`;
  if (origin === "array") return `a list of ${side} ${limit} entries`;
  return `a number of ${side} ${limit}`;
}

function article(expected: string): string {
  if (expected === "string") return "a text";
  if (expected === "int") return "a whole number";
  if (expected === "array") return "a list";
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

/** The name that is like it, or the argument that takes one of this name. */
function suggest(schema: z.ZodObject, path: readonly PropertyKey[], key: string): string {
  const near = nearestName(key, namesAt(schema, path));
  if (near !== undefined) return ` (did you mean \`${near}\`?)`;
  if (path.length > 0 && key in schema.shape) return ` (it stands beside \`${fieldName(path.slice(0, 1))}\`)`;
  const places = Object.keys(schema.shape).flatMap((name) => {
    return namesAt(schema, [name, 0]).includes(key) ? [`\`${key}\` in \`${name}\``] : [];
  });
  return places.length === 0 ? "" : ` (did you mean ${places.slice(0, 2).join(" or ")}?)`;
}

function namesAt(schema: z.ZodObject, path: readonly PropertyKey[]): string[] {
  const shape = path.reduce<z.core.$ZodType | undefined>(stepInto, schema);
  return shape && "shape" in shape && shape.shape ? Object.keys(shape.shape) : [];
}

/** The names that the object at the path takes, so that a wrong call teaches the right one. */
function knownNames(schema: z.ZodObject, path: readonly PropertyKey[]): string {
  const names = namesAt(schema, path);
  if (names.length === 0) return "this takes no such argument";
  return `known are ${names.join(", ")}`;
}

function stepInto(schema: z.core.$ZodType | undefined, key: PropertyKey): z.core.$ZodType | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return unwrap(inner.element);
  if (inner instanceof z.ZodObject && typeof key === "string") return unwrap(inner.shape[key]);
  return undefined;
}

function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap());
  }
  // What is put right before it is read has the names of what it becomes.
  if (schema instanceof z.ZodPipe) return unwrap(schema.out);
  // An alternative without fields of its own has no names to tell.
  if (schema instanceof z.ZodUnion) return schema.options.find((option) => option instanceof z.ZodObject);
  return schema;
}

/** `locks[2].position`, as the caller would write it. */
function fieldName(path: readonly PropertyKey[]): string {
  const steps = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${printable(String(key))}`));
  return steps.join("").replace(/^\./, "") || "arguments";
}

function printable(key: string): string {
  return key.replace(/[^\p{L}\p{N}_.-]/gu, "?").slice(0, 60);
}
