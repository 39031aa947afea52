import {
  type CallToolResult,
  type InputRequiredResult,
  McpServer,
  type ServerContext,
  type StandardSchemaWithJSON,
} from "@modelcontextprotocol/server";
import { type ServedSchemas, servedSchemas, toErrorResult, toFailure, toResult } from "./answers.ts";
import type { App } from "./app.ts";
import { askPerson, canAskPerson, withReply } from "./ask-person.ts";
import { cancelled } from "./domain/failure.ts";
import { instructions } from "./instructions.ts";
import { type Origin, principalOf } from "./principal-of.ts";
import { registerPrompts } from "./prompts.ts";
import { registerResources } from "./resources.ts";
import { isQuestion, questionAnswer } from "./tools/confirmation.ts";
import { servedTools } from "./tools/index.ts";
import { type Answer, annotationsOf, type Call, type Tool } from "./tools/tool.ts";
import { version } from "./version.ts";

/** Lists change with the configuration alone, so a client may keep them for a while. */
const listsFreshMilliseconds = 300_000;

/** One server for one connection (stdio, sessions) or one request (stateless HTTP); does no I/O. */
export function createServer(app: App, origin: Origin): McpServer {
  const server = new McpServer(
    { name: "waybill", title: "Waybill", version },
    {
      instructions: instructions(app),
      capabilities: { resources: { subscribe: true, listChanged: true } },
      cacheHints: {
        "tools/list": { ttlMs: listsFreshMilliseconds, cacheScope: "public" },
        "prompts/list": { ttlMs: listsFreshMilliseconds, cacheScope: "public" },
      },
    },
  );
  for (const tool of servedTools(app.config)) registerTool(tool, { app, server, origin });
  registerPrompts(server, app);
  registerResources(server, app);
  return server;
}

/** What a call is answered with. */
type Serving = { app: App; server: McpServer; origin: Origin };

function registerTool(tool: Tool, serving: Serving): void {
  const schemas = cachedSchemas(tool);
  serving.server.registerTool(
    tool.name,
    {
      title: tool.title,
      description: tool.description,
      // Arguments and answers are checked in runTool, so that a wrong call gets `invalid_input` with the field's name.
      inputSchema: served(schemas),
      outputSchema: served(schemas),
      annotations: annotationsOf(tool),
    },
    (rawArguments, context) => runTool(tool, rawArguments, { ...serving, context }),
  );
}

async function runTool(
  tool: Tool,
  rawArguments: unknown,
  { app, server, origin, context }: Serving & { context: ServerContext },
): Promise<CallToolResult | InputRequiredResult> {
  const startedAt = performance.now();
  const signal = context.mcpReq.signal;
  const finished = (code: string) => {
    const call = { tool: tool.name, code, milliseconds: Math.round(performance.now() - startedAt) };
    app.log.info("tool call", call);
    app.observeToolCall(call);
  };
  try {
    const asksPerson =
      tool.access === "destroy" && app.config.confirm === "ask" && canAskPerson(server, context);
    const reply = asksPerson ? withReply(rawArguments, context) : { args: rawArguments, personAgreed: false };
    const answer = await tool.run(reply.args, app, {
      signal,
      reportProgress: progressReporter(context),
      principal: principalOf(server, context, origin),
      personAgreed: reply.personAgreed,
    });
    // A vendor may echo what it was sent: no secret of ours goes on from there.
    const mayQuoteVendors = tool.vendor !== undefined || tool.mayAskVendors;
    const told = mayQuoteVendors ? redactAnswer(answer, app) : answer;
    checkOutput(tool, told.data);
    const question = asksPerson && isQuestion(told.data) ? told.data : undefined;
    const result = question ? askPerson(told.question ?? told.text, question.confirmation) : toResult(told);
    finished("ok");
    return result;
  } catch (thrown) {
    const failure = toFailure(signal.aborted ? cancelled() : thrown);
    finished(failure.code);
    if (failure.code === "internal")
      app.log.error("internal error", { tool: tool.name, stack: stackOf(thrown) });
    return toErrorResult(failure);
  }
}

/** Sends progress where the client asked for it; it only grows, as the protocol demands. */
function progressReporter({ mcpReq }: ServerContext): Call["reportProgress"] {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => {};
  let last = -1;
  return (fraction, message) => {
    const progress = Math.round(Math.min(1, fraction) * 1000) / 1000;
    if (progress <= last) return;
    last = progress;
    // A client that has gone away must not fail the work.
    mcpReq
      .notify({ method: "notifications/progress", params: { progressToken, progress, total: 1, message } })
      .catch(() => {});
  };
}

/** A schema in the form the SDK takes: our JSON as it is served, and no check, which is ours to make. */
function served(schemas: () => ServedSchemas): StandardSchemaWithJSON {
  return {
    "~standard": {
      version: 1,
      vendor: "waybill",
      validate: (value) => ({ value }),
      jsonSchema: { input: () => schemas().input, output: () => schemas().output },
    },
  };
}

function redactAnswer(
  answer: Answer<Record<string, unknown>>,
  { redactor }: App,
): Answer<Record<string, unknown>> {
  return {
    ...answer,
    data: redactor.answerData(answer.data),
    text: redactor.answer(answer.text),
    ...(answer.question !== undefined && { question: redactor.answer(answer.question) }),
  };
}

/** An answer that breaks its own schema is a mistake of ours and is told as one, not passed on. */
function checkOutput(tool: Tool, data: Record<string, unknown>): void {
  const expected = tool.access === "destroy" && isQuestion(data) ? questionAnswer : tool.output;
  const checked = expected.safeParse(data);
  if (!checked.success) throw new Error(`${tool.name} breaks its own schema: ${checked.error.message}`);
}

const schemasByTool = new WeakMap<Tool, ServedSchemas>();

/** Made once a tool and process, and only when a client lists tools: converting costs more than a call. */
function cachedSchemas(tool: Tool): () => ServedSchemas {
  return () => {
    const known = schemasByTool.get(tool);
    if (known) return known;
    const made = servedSchemas(tool);
    schemasByTool.set(tool, made);
    return made;
  };
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
