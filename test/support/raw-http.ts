import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { type Message, newestRevision, parseMessage } from "./messages.ts";

type RawRequest = { method?: string; headers?: Record<string, string>; body?: string };
export type RawAnswer = { status: number; headers: IncomingHttpHeaders; text: string };

/** Sends one request over a connection of its own, with any header there is, and reads the whole answer. */
export async function sendHttp(
  url: string | URL,
  { method = "GET", headers = {}, body }: RawRequest = {},
): Promise<RawAnswer> {
  const outgoing = request(url, { method, headers, agent: false });
  const answered = once(outgoing, "response");
  outgoing.end(body);
  const [response] = await answered;
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

/** Posts a message with the headers that belong to it and reads the message that answers it. */
export async function sendMessage(
  url: string,
  message: Message,
  headers: Record<string, string> = {},
): Promise<RawAnswer & { message: Message | undefined }> {
  const answer = await sendHttp(url, {
    method: "POST",
    headers: { ...headersFor(message), ...headers },
    body: JSON.stringify(message),
  });
  return { ...answer, message: messagesIn(answer).find(({ id }) => id === message.id) };
}

/** Every message of an answer, be it JSON or a stream of events. */
export function messagesIn({ headers, text }: RawAnswer): Message[] {
  if (text === "") return [];
  if (!headers["content-type"]?.startsWith("text/event-stream")) return [parseMessage(text)];
  return [...text.matchAll(/^data: (.+)$/gm)].map(([, json = ""]) => parseMessage(json));
}

/** What a client sends beside a message: 2026-07-28 repeats method and name for whoever routes by headers. */
export function headersFor({ method = "", params = {} }: Message): Record<string, string> {
  const common = { "Content-Type": "application/json", Accept: "application/json, text/event-stream" };
  if (params["_meta"] === undefined) return common;
  const name = params["name"] ?? params["uri"];
  return {
    ...common,
    "MCP-Protocol-Version": newestRevision,
    "Mcp-Method": method,
    ...(typeof name === "string" && { "Mcp-Name": name }),
  };
}
