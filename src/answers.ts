import type { CallToolResult } from "@modelcontextprotocol/server";
import * as z from "zod";
import { Failure, type FailureCode, type ServiceName } from "./domain/failure.ts";
import { quote } from "./domain/vendor-text.ts";
import {
  dataTokenBudget,
  estimateDataTokens,
  estimateTokens,
  maximumAnswerTokens,
} from "./tools/answer-size.ts";
import { isQuestion, questionAnswer } from "./tools/confirmation.ts";
import type { Answer, Tool } from "./tools/tool.ts";

/** The structured part of every failed call. */
type ErrorAnswer = {
  code: FailureCode;
  message: string;
  hint?: string;
  vendor?: ServiceName;
  http_status?: number;
  vendor_code?: string;
  vendor_message?: string;
  request_id?: string;
  retry_after_seconds?: number;
  fields?: string[];
};

/** What the protocol's frame takes of an answer. */
const frameTokens = 200;

/** A tool's answer as the protocol carries it. */
export function toResult({ data, text, attachments = [] }: Answer<Record<string, unknown>>): CallToolResult {
  const fitted = fitData(data);
  const whole = [shorten(text, fitted), ...nextSteps(fitted)].join("\n");
  return { content: [{ type: "text", text: whole }, ...attachments], structuredContent: fitted };
}

/** What a client that shows the text alone needs in order to go on. */
function nextSteps(data: Record<string, unknown>): string[] {
  const { next_cursor: cursor } = data;
  return [
    ...(typeof cursor === "string" ? [`More: the same call with cursor ${cursor}`] : []),
    ...(isQuestion(data)
      ? [
          `Nothing was done yet. If the person agrees, make the same call with confirmation ${data.confirmation}`,
        ]
      : []),
  ];
}

/** Texts of a vendor are cut to these lengths, one after the other, until the answer is short enough. */
const clipLengths = [2_000, 500, 120, 40];

/** The last guard of an answer's size: tools cut their lists, but not what a vendor writes into one field. */
function fitData(data: Record<string, unknown>): Record<string, unknown> {
  const room = maximumAnswerTokens - frameTokens;
  if (estimateDataTokens(data) <= room) return data;
  for (const length of clipLengths) {
    const clipped = clipTexts(data, length);
    if (estimateDataTokens(clipped) <= room) return clipped;
  }
  throw new Failure("bad_response", "The answer is longer than an answer may be.", {
    hint: "Ask for less at once: a smaller limit, or one part of it.",
  });
}

function clipTexts<Value>(value: Value, length: number): Value {
  if (typeof value === "string" && value.length > length) return `${value.slice(0, length)}… (cut)` as Value;
  if (Array.isArray(value)) return value.map((member) => clipTexts(member, length)) as Value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, clipTexts(member, length)]);
  return Object.fromEntries(entries);
}

/** A failed call as the protocol carries it: one sentence on what is wrong, one on what to do next. */
export function toErrorResult(failure: Failure): CallToolResult {
  const { hint, vendor, httpStatus, vendorCode, vendorMessage, requestId, retryAfterSeconds } =
    failure.details;
  const message = clipTexts(failure.message, 1_500);
  const fields = failure.details.fields?.slice(0, 20).map((field) => clipTexts(field, 120));
  const error: ErrorAnswer = {
    code: failure.code,
    message,
    ...(hint !== undefined && { hint }),
    ...(vendor !== undefined && { vendor }),
    ...(httpStatus !== undefined && { http_status: httpStatus }),
    ...(vendorCode !== undefined && { vendor_code: vendorCode }),
    ...(vendorMessage !== undefined && { vendor_message: vendorMessage }),
    ...(requestId !== undefined && { request_id: requestId }),
    ...(retryAfterSeconds !== undefined && { retry_after_seconds: retryAfterSeconds }),
    ...(fields !== undefined && { fields }),
  };
  const untold = fields?.filter((field) => !message.includes(field)) ?? [];
  const named = untold.length > 0 ? ` Fields: ${untold.join(", ")}.` : "";
  const said = vendorMessage === undefined ? "" : ` The vendor says ${quote(vendorMessage, 200)}.`;
  const text = `${message}${said}${named}${hint === undefined ? "" : ` ${hint}`}`;
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
export function servedSchemas({
  input,
  output,
  access,
}: Pick<Tool, "input" | "output" | "access">): ServedSchemas {
  const { additionalProperties: _, required = [], properties, ...rest } = toJsonSchema(output);
  const question = access === "destroy" ? toJsonSchema(questionAnswer) : { properties: {} };
  return {
    input: dropUnserved(toJsonSchema(input)),
    output: {
      ...rest,
      properties: { ...properties, ...question.properties, error: servedError },
      anyOf: [
        { required },
        ...(question.required ? [{ required: question.required }] : []),
        { required: ["error"] },
      ],
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
      if (isAngle(jsonSchema)) {
        delete jsonSchema.minimum;
        delete jsonSchema.maximum;
      }
    },
  });
  return splitTypes(json);
}

/** Latitudes and longitudes have bounds that everybody knows. */
function isAngle({ minimum, maximum }: z.core.JSONSchema.BaseSchema): boolean {
  return (minimum === -90 && maximum === 90) || (minimum === -180 && maximum === 180);
}

/**
 * Leaves out what is taken but needs no words: fields that are carried along unread, and those marked
 * `served: false`. Their objects are then open, so that what a list gives may be passed on as it is.
 */
function dropUnserved<Schema>(schema: Schema): Schema {
  if (Array.isArray(schema)) return schema.map(dropUnserved) as Schema;
  if (typeof schema !== "object" || schema === null) return schema;
  const { additionalProperties, ...rest } = schema as Record<string, unknown>;
  const properties = Object.entries((rest["properties"] ?? {}) as Record<string, Record<string, unknown>>);
  const served = properties.filter(
    ([, property]) => property["served"] !== false && Object.keys(property).length > 0,
  );
  const isOpen = served.length < properties.length && rest["required"] !== undefined;
  const entries = Object.entries({
    ...rest,
    ...(rest["properties"] !== undefined && { properties: Object.fromEntries(served) }),
    ...(additionalProperties !== undefined && !isOpen && { additionalProperties }),
  });
  return Object.fromEntries(entries.map(([name, value]) => [name, dropUnserved(value)])) as Schema;
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
  // A token is at least a character, so this many fit, whatever stands in the first line.
  const shortened = lines.join("\n").slice(0, Math.max(200, left));
  return shortened === text ? text : `${shortened}\n… (shortened: the structured part has the rest)`;
}
