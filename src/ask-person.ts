import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import { cancelled } from "./domain/failure.ts";

const questionName = "confirm";

const reply = z.object({ confirm: z.boolean().meta({ title: "Yes, do it" }) });

const capabilities = z.looseObject({ elicitation: z.looseObject({}).optional() });

/** Whether the client at the other end can put a question to its user, in either generation of the protocol. */
export function canAskPerson(server: McpServer, { mcpReq }: ServerContext): boolean {
  const envelope: Record<string, unknown> = { ...mcpReq.envelope };
  const told = envelope[CLIENT_CAPABILITIES_META_KEY] ?? server.server.getClientCapabilities();
  const read = capabilities.safeParse(told);
  return read.success && read.data.elicitation !== undefined;
}

/** The question as the protocol carries it; the confirmation comes back with the person's reply. */
export function askPerson(question: string, confirmation: string): InputRequiredResult {
  const elicitation = inputRequired.elicit({ message: question, requestedSchema: reply });
  return inputRequired({ inputRequests: { [questionName]: elicitation }, requestState: confirmation });
}

/** The arguments with the confirmation of a person who agreed; as they are while nobody was asked. */
export function withReply(
  rawArguments: unknown,
  { mcpReq }: ServerContext,
): { args: unknown; personAgreed: boolean } {
  const answer = inputResponse(mcpReq.inputResponses, questionName);
  if (answer.kind === "missing") return { args: rawArguments, personAgreed: false };
  const isAgreed = acceptedContent(mcpReq.inputResponses, questionName, reply)?.confirm === true;
  if (!isAgreed) throw cancelled("The person declined, so nothing was done.");
  const args = { ...(rawArguments as object), confirmation: mcpReq.requestState<string>() };
  return { args, personAgreed: true };
}
