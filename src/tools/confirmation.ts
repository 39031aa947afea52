import * as z from "zod";
import type { App } from "../app.ts";
import { parseArguments } from "./parse-arguments.ts";
import { repeatedNote } from "./repeated.ts";
import type { Answer, Call, Preview, Tool } from "./tool.ts";

/** What a tool that destroys answers to a call without confirmation: nothing was written. */
export const questionAnswer = z.object({
  needs_confirmation: z.literal(true),
  confirmation: z.string().describe("Pass it with the same arguments, once the person has agreed"),
  preview: z.record(z.string(), z.unknown()).describe("What the call would do"),
});

/** The argument that such a tool takes beside its own. */
const confirmationArgument = z.strictObject({
  confirmation: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe("From the first call's answer: the same arguments with it do what was shown. 15 minutes"),
});

/** The parts of a tool that a confirmation stands around. */
type Confirmed<Input extends z.ZodObject, Data extends Record<string, unknown>> = {
  name: string;
  input: Input;
  preview: (input: z.output<Input>, app: App, call: Call) => Promise<Preview>;
  run: (input: z.output<Input>, app: App, call: Call) => Promise<Answer<Data>>;
};

/**
 * Puts two steps before the deed: the first call shows what would happen, the same call with the confirmation does
 * it, and that one again is a repeat. With WAYBILL_CONFIRM=off there is one step.
 */
export function withConfirmation<Input extends z.ZodObject, Data extends Record<string, unknown>>(
  tool: Confirmed<Input, Data>,
): Pick<Tool, "input" | "run"> {
  return {
    input: tool.input.extend(confirmationArgument.shape),
    run: async (rawArguments, app, call) => {
      const { given, own } = separate(rawArguments);
      const { confirmation } = parseArguments(confirmationArgument, given);
      const input = parseArguments(tool.input, own);
      if (app.config.confirm === "off") return tool.run(input, app, call);
      if (confirmation === undefined) return ask(tool, input, { app, call });
      return carryOut(tool, input, { app, call, confirmation });
    },
  };
}

/** Whether an answer asks for a confirmation instead of telling what was done. */
export function isQuestion(data: Record<string, unknown>): data is z.output<typeof questionAnswer> {
  return data["needs_confirmation"] === true;
}

async function ask<Input extends z.ZodObject, Data extends Record<string, unknown>>(
  { name, preview }: Confirmed<Input, Data>,
  input: z.output<Input>,
  { app, call }: { app: App; call: Call },
): Promise<Answer<Record<string, unknown>>> {
  const { data, text } = await preview(input, app, call);
  const { confirmations } = await app.store();
  const confirmation = await confirmations.issue({ tool: name, arguments: input });
  return { data: { needs_confirmation: true, confirmation, preview: data }, text };
}

async function carryOut<Input extends z.ZodObject, Data extends Record<string, unknown>>(
  { name, run }: Confirmed<Input, Data>,
  input: z.output<Input>,
  { app, call, confirmation }: { app: App; call: Call; confirmation: string },
): Promise<Answer<Record<string, unknown>>> {
  const { confirmations } = await app.store();
  const kept = keptAnswer.parse(await confirmations.take(confirmation, { tool: name, arguments: input }));
  if (kept) {
    const isNoted = kept.data["repeated"] === true;
    return { data: { ...kept.data, repeated: true }, text: kept.text + repeatedNote(!isNoted) };
  }
  const { data, text } = await run(input, app, call);
  // The deed is done, which is what the caller must hear; the ledger knows it too.
  await confirmations.settle(confirmation, { data, text }).catch(() => {});
  return { data, text };
}

const keptAnswer = z.object({ data: z.record(z.string(), z.unknown()), text: z.string() }).optional();

/** The confirmation on one side, the tool's own arguments on the other; what is no object is the parser's to refuse. */
function separate(rawArguments: unknown): { given: unknown; own: unknown } {
  if (typeof rawArguments !== "object" || rawArguments === null || Array.isArray(rawArguments))
    return { given: {}, own: rawArguments };
  const { confirmation, ...own } = { confirmation: undefined, ...rawArguments };
  return { given: { confirmation }, own };
}
