import type { CallToolResult } from "@modelcontextprotocol/server";
import * as z from "zod";
import { Failure, type FailureCode, type VendorName } from "./domain/failure.ts";
import {
  dataTokenBudget,
  estimateDataTokens,
  estimateTokens,
  maximumAnswerTokens,
} from "./tools/answer-size.ts";
import type { Answer, Tool } from "./tools/tool.ts";

/** The structured part of every failed call. */
type ErrorAnswer = {
  code: FailureCode;
  message: string;
  hint?: string;
  vendor?: VendorName;
  http_status?: number;
  vendor_code?: string;
  request_id?: string;
  retry_after_seconds?: number;
  fields?: string[];
};

/** What the protocol's frame takes of an answer. */
const frameTokens = 200;

/** A tool's answer as the protocol carries it. */
export function toResult({ data, text, attachments = [] }: Answer<Record<string, unknown>>): CallToolResult {
  return {
    content: [{ type: "text", text: shorten(text, data) }, ...attachments],
    structuredContent: data,
  };
}

/** A failed call as the protocol carries it: one sentence on what is wrong, one on what to do next. */
export function toErrorResult(failure: Failure): CallToolResult {
  const { hint, vendor, httpStatus, vendorCode, requestId, retryAfterSeconds, fields } = failure.details;
  const error: ErrorAnswer = {
    code: failure.code,
    message: failure.message,
    ...(hint !== undefined && { hint }),
    ...(vendor !== undefined && { vendor }),
    ...(httpStatus !== undefined && { http_status: httpStatus }),
    ...(vendorCode !== undefined && { vendor_code: vendorCode }),
    ...(requestId !== undefined && { request_id: requestId }),
    ...(retryAfterSeconds !== undefined && { retry_after_seconds: retryAfterSeconds }),
    ...(fields !== undefined && { fields }),
  };
  const untold = fields?.filter((field) => !failure.message.includes(field)) ?? [];
  const named = untold.length > 0 ? ` Fields: ${untold.join(", ")}.` : "";
  const text = `${failure.message}${named}${hint === undefined ? "" : ` ${hint}`}`;
  return { isError: true, content: [{ type: "text", text }], structuredContent: { error } };
}

/** Anything thrown as a failure that may leave the process: what is not ours becomes `internal` without its text. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure(
    "internal",
    "Something in Waybill itself went wrong.",
    {
      hint: "The log on stderr says what; call again, and report it if it happens again.",
    },
    thrown,
  );
}

type JsonSchema = Record<string, unknown>;

/** Stands in every tool's output, so it names only what each failure has. */
const servedError: JsonSchema = {
  description: "Instead of the rest when isError is true",
  type: "object",
  properties: { code: { type: "string" }, message: { type: "string" }, hint: { type: "string" } },
  required: ["code", "message"],
};

/** The schemas of a tool as they are served. */
export type ServedSchemas = { input: JsonSchema; output: JsonSchema };

/**
 * The tool's JSON Schemas (draft 2020-12). The output takes an error in place of the data, because older
 * clients hold the structured part of a failed call against it as well.
 */
export function servedSchemas({ input, output }: Pick<Tool, "input" | "output">): ServedSchemas {
  const { additionalProperties: _, required = [], properties, ...rest } = toJsonSchema(output);
  return {
    input: toJsonSchema(input),
    output: {
      ...rest,
      properties: { ...properties, error: servedError },
      anyOf: [{ required }, { required: ["error"] }],
    },
  };
}

/** Bounds that no caller ever meets on purpose; they are checked all the same, but not worth their tokens. */
const unservedKeywords = ["minLength", "maxLength", "minItems", "maxItems", "pattern"] as const;

function toJsonSchema(schema: z.ZodObject): z.core.JSONSchema.BaseSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema }) => {
      for (const keyword of unservedKeywords) delete jsonSchema[keyword];
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return splitTypes(json);
}

/** Writes lists of types as alternatives, which more clients understand. */
function splitTypes<Schema>(schema: Schema): Schema {
  if (Array.isArray(schema)) return schema.map(splitTypes) as Schema;
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) =>
    name === "type" && Array.isArray(value)
      ? ["anyOf", value.map((type) => ({ type }))]
      : [name, splitTypes(value)],
  );
  return Object.fromEntries(entries);
}

/** Keeps the text within what the data leave of the answer's size. */
function shorten(text: string, data: Record<string, unknown>): string {
  const room = maximumAnswerTokens - frameTokens;
  // Most texts fit beside any data within their budget: then nothing needs to be measured.
  if (estimateTokens(text) <= room - dataTokenBudget) return text;
  const left = room - estimateDataTokens(data);
  const lines = text.split("\n");
  while (lines.length > 1 && estimateTokens(lines.join("\n")) > left) lines.pop();
  const shortened = lines.join("\n");
  return shortened === text ? text : `${shortened}\n… (shortened: the structured part has the rest)`;
}
