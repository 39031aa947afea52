import type * as z from "zod";
import type { App } from "../app.ts";
import type { Failure, VendorName } from "../domain/failure.ts";
import type { Principal } from "../domain/principal.ts";
import { actingFor } from "./acting-for.ts";
import { withConfirmation } from "./confirmation.ts";
import { parseArguments } from "./parse-arguments.ts";

/** What a tool does to the world: nothing, changes it, or changes what cannot be brought back. */
export type Access = "read" | "write" | "destroy";

/** The call that a tool runs for. */
export type Call = {
  /** Aborted when the client cancels, and when its connection is the call itself (2026-07-28 over HTTP) and ends. */
  signal: AbortSignal;
  /** Tells the client how far the work is: `fraction` 0 to 1, and a few words. */
  reportProgress: (fraction: number, message: string) => void;
  /** Who makes it; absent where a tool is run without a client. */
  principal?: Principal;
  /** Whether a person was asked by the client and agreed. */
  personAgreed?: boolean;
};

/** Content beside the text, in the protocol's form: a picture to look at, a file, or where a long file is read. */
export type Attachment =
  | { type: "image"; mimeType: string; data: string }
  | { type: "resource"; resource: { uri: string; mimeType: string; text: string } }
  | { type: "resource_link"; uri: string; name: string; mimeType: string };

/** What a tool answers: data for the agent's code and a text that a person could read. */
export type Answer<Data> = {
  data: Data;
  text: string;
  attachments?: Attachment[];
  /** Of an answer that asks for a confirmation: the question in words short enough to put to a person. */
  question?: string;
};

/** What a tool of access "destroy" would do: told to whoever confirms it. `question` is the text in short. */
export type Preview = { data: Record<string, unknown>; text: string; question?: string };

/** What a tool of access "destroy" would do where its content binds, and the way to do it. */
export type Intent<Data> = Preview & {
  /** JSON: what exactly would be written. What was shown must be what is carried out. */
  content: unknown;
  /** Why there is nothing to agree to: nobody is asked, and the call gets this answer or failure. */
  nothingToAsk?: Answer<Data> | Failure;
  /** What has changed since `shown` was the content, item by item: none when it is still what was agreed to. */
  findChanges: (shown: unknown) => string[];
  /** Does it; `shown` is the content that was agreed to, undefined where nobody was asked. */
  carryOut: (shown: unknown) => Promise<CarriedOut<Data>>;
};

/** `isPartial`: the same call, under the same confirmation, goes on with the rest. */
export type CarriedOut<Data> = Answer<Data> & { isPartial?: boolean };

/** What runs for a call's checked arguments. */
type ForCall<Input extends z.ZodObject, Result> = (
  input: z.output<Input>,
  app: App,
  call: Call,
) => Promise<Result>;

/** What destroys says beforehand what it would do; what does not has nothing to confirm. */
type Deed<Input extends z.ZodObject, Data> =
  | { access: "read" | "write"; preview?: never; intend?: never; run: ForCall<Input, Answer<Data>> }
  | {
      access: "destroy";
      /** Reads what the call would do, and writes nothing. */
      preview: ForCall<Input, Preview>;
      intend?: never;
      run: ForCall<Input, Answer<Data>>;
    }
  | {
      access: "destroy";
      preview?: never;
      /** In place of `preview` and `run` where what is shown binds. Reads, and writes nothing before `carryOut`. */
      intend: ForCall<Input, Intent<Data>>;
      run?: never;
    };

/** What stands in a tool's file. */
type ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> = Deed<Input, z.input<Output>> & {
  name: string;
  title: string;
  /** The first sentence carries the rule; at most 2 KB. */
  description: string;
  /** The vendor it cannot work without. */
  vendor?: VendorName;
  /** True when it may ask a vendor although it also works without one. */
  mayAskVendors?: boolean;
  /** A strict object: unknown arguments are refused by name. */
  input: Input;
  output: Output;
};

/** A tool as the server and the catalogue see it, whatever its schemas are. */
export type Tool = {
  name: string;
  title: string;
  description: string;
  access: Access;
  vendor?: VendorName;
  mayAskVendors?: boolean;
  input: z.ZodObject;
  output: z.ZodObject;
  /** Takes the arguments as the client sent them; refuses wrong ones with `invalid_input`. */
  run: (rawArguments: unknown, app: App, call: Call) => Promise<Answer<Record<string, unknown>>>;
};

/** Checks a tool's types where it is written, and puts before its run what its access demands. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  const { input, run, preview, intend, ...rest } = definition;
  const { name } = rest;
  if (intend) return { ...rest, ...withConfirmation({ name, input, intend }) };
  if (preview) return { ...rest, ...withConfirmation({ name, input, run, preview }) };
  return {
    ...rest,
    input,
    run: async (raw, app, call) => run(parseArguments(input, raw), actingFor(app, call.principal), call),
  };
}

/** The protocol's four hints. Only reads are idempotent beyond doubt: a write's repeat is remembered for a while. */
export function annotationsOf({ access, vendor, mayAskVendors = false }: Tool) {
  return {
    readOnlyHint: access === "read",
    destructiveHint: access === "destroy",
    idempotentHint: access === "read",
    openWorldHint: vendor !== undefined || mayAskVendors,
  };
}
