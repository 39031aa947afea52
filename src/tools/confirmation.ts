import * as z from "zod";
import type { App } from "../app.ts";
import { Failure } from "../domain/failure.ts";
import { actingFor } from "./acting-for.ts";
import { parseArguments } from "./parse-arguments.ts";
import { repeatedNote } from "./repeated.ts";
import type { Answer, Call, CarriedOut, Intent, Preview, Tool } from "./tool.ts";

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

/** What runs for a call's checked arguments. */
type ForCall<Input extends z.ZodObject, Result> = (
  input: z.output<Input>,
  app: App,
  call: Call,
) => Promise<Result>;

/** The parts of a tool that a confirmation stands around: what it shows binds, or its arguments alone do. */
type Confirmed<Input extends z.ZodObject, Data extends Record<string, unknown>> = {
  name: string;
  input: Input;
} & (
  | { intend: ForCall<Input, Intent<Data>> }
  | { intend?: never; preview: ForCall<Input, Preview>; run: ForCall<Input, Answer<Data>> }
);

/**
 * Puts two steps before the deed: the first call shows what would happen, the same call with the confirmation does
 * it, and that one again is a repeat. Where content binds it is worked out again before the deed, and a call that
 * did a part of its work goes on under the same confirmation. With WAYBILL_CONFIRM=off there is one step.
 */
export function withConfirmation<Input extends z.ZodObject, Data extends Record<string, unknown>>(
  tool: Confirmed<Input, Data>,
): Pick<Tool, "input" | "run"> {
  return {
    input: tool.input.extend(confirmationArgument.shape),
    run: async (rawArguments, app, call) => {
      const { given, own } = separate(rawArguments);
      const { confirmation } = parseArguments(confirmationArgument, given);
      const input = parseArguments(tool.input, own, tool.input.extend(confirmationArgument.shape));
      if (app.config.confirm === "off") {
        return answerOf(await carryOut(tool, { input, app: actingFor(app, call.principal, "off"), call }));
      }
      if (confirmation === undefined) return ask(tool, { input, app, call });
      return carryOutOnce(tool, { input, app, call, confirmation });
    },
  };
}

/** Whether an answer asks for a confirmation instead of telling what was done. */
export function isQuestion(data: Record<string, unknown>): data is z.output<typeof questionAnswer> {
  return data["needs_confirmation"] === true;
}

/** Behind the first line, which says what was done; further ones tell the parts of it. */
function noteRepeat(text: string, isToBeNoted: boolean): string {
  const [first, ...further] = text.split("\n");
  return [`${first}${repeatedNote(isToBeNoted)}`, ...further].join("\n");
}

type Asked<Input extends z.ZodObject> = { input: z.output<Input>; app: App; call: Call };

async function ask<Input extends z.ZodObject, Data extends Record<string, unknown>>(
  tool: Confirmed<Input, Data>,
  { input, app, call }: Asked<Input>,
): Promise<Answer<Record<string, unknown>>> {
  const shown: Preview & Partial<Intent<Data>> = await (tool.intend ?? tool.preview)(input, app, call);
  const { data, text, question, content, nothingToAsk } = shown;
  if (nothingToAsk instanceof Failure) throw nothingToAsk;
  if (nothingToAsk) return nothingToAsk;
  const { confirmations } = await app.store();
  const confirmation = await confirmations.issue({
    tool: tool.name,
    arguments: input,
    ...(tool.intend && { content: content ?? null }),
  });
  return {
    data: { needs_confirmation: true, confirmation, preview: data },
    text,
    ...(question !== undefined && { question }),
  };
}

async function carryOutOnce<Input extends z.ZodObject, Data extends Record<string, unknown>>(
  tool: Confirmed<Input, Data>,
  { confirmation, ...asked }: Asked<Input> & { confirmation: string },
): Promise<Answer<Record<string, unknown>>> {
  const { confirmations } = await asked.app.store();
  const taken = await confirmations.take(confirmation, { tool: tool.name, arguments: asked.input });
  if (taken.kind === "answered") {
    const kept = keptAnswer.parse(taken.answer);
    const isNoted = kept.data["repeated"] === true;
    return { data: { ...kept.data, repeated: true }, text: noteRepeat(kept.text, !isNoted) };
  }
  const { app, call } = asked;
  const agreement = call.personAgreed === true ? "person" : "token";
  const acting = actingFor(app, call.principal, agreement);
  const { data, text, isPartial } = await carryOut(tool, { ...asked, app: acting, shown: taken.content });
  // The deed is done, which is what the caller must hear; the ledger knows it too.
  const keep = isPartial
    ? confirmations.renew(confirmation)
    : confirmations.settle(confirmation, { data, text });
  await keep.catch(() => {});
  return { data, text };
}

/** Does it. What binds is worked out first, and refused with `conflict` where it is no longer what was shown. */
async function carryOut<Input extends z.ZodObject, Data extends Record<string, unknown>>(
  tool: Confirmed<Input, Data>,
  { input, app, call, shown }: Asked<Input> & { shown?: unknown },
): Promise<CarriedOut<Data>> {
  if (!tool.intend) return tool.run(input, app, call);
  const intent = await tool.intend(input, app, call);
  const changes = shown === undefined ? [] : intent.findChanges(shown);
  if (changes.length === 0) return intent.carryOut(shown);
  throw new Failure(
    "conflict",
    `What was confirmed has changed since, so nothing was done now: ${listed(changes)}`,
    {
      hint: "Call again without `confirmation`, show the person the new preview, and confirm that.",
      fields: ["confirmation"],
    },
  );
}

const mostChanges = 12;

function listed(changes: string[]): string {
  const rest = changes.length - mostChanges;
  return [...changes.slice(0, mostChanges), ...(rest > 0 ? [`and ${rest} more changes.`] : [])].join(" ");
}

function answerOf<Data>({ isPartial: _, ...answer }: CarriedOut<Data>): Answer<Data> {
  return answer;
}

const keptAnswer = z.object({ data: z.record(z.string(), z.unknown()), text: z.string() });

/** The confirmation on one side, the tool's own arguments on the other; what is no object is the parser's to refuse. */
function separate(rawArguments: unknown): { given: unknown; own: unknown } {
  if (typeof rawArguments !== "object" || rawArguments === null || Array.isArray(rawArguments))
    return { given: {}, own: rawArguments };
  const { confirmation, ...own } = { confirmation: undefined, ...rawArguments };
  return { given: { confirmation }, own };
}
