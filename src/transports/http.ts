import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  hostHeaderValidation,
  originValidation,
  toNodeHandler,
  toWebRequest,
} from "@modelcontextprotocol/node";
import {
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  type McpServer,
  type ServerEventBus,
} from "@modelcontextprotocol/server";
import { Failure } from "../domain/failure.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { readJsonBody } from "./read-json-body.ts";
import { createSessions } from "./sessions.ts";
import type { Webhooks } from "./webhooks.ts";

type HttpOptions = {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** A server for requests from an address, as the socket tells it. */
  createServer: (address: string | undefined) => McpServer;
  changes: ServerEventBus;
  metrics: Pick<Metrics, "expose">;
  /** Rejects while the server can't do its work. */
  checkReadiness: () => Promise<void>;
  /** Takes what vendors push; without it there is nothing below /webhooks/. */
  webhooks?: Webhooks | undefined;
  log: Log;
  /** Milliseconds since some moment, by a clock that nobody can set. */
  elapsed: () => number;
};

export type HttpServer = { url: string; close: () => Promise<void> };

type Exchange = { request: IncomingMessage; response: ServerResponse };

type SdkExchange = { request: Parameters<typeof toWebRequest>[0]; response: ServerResponse };

/**
 * Serves MCP at /mcp for clients of every era, with /healthz, /readyz and /metrics beside it, and what vendors push
 * below /webhooks/.
 */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const mcp = createMcpEndpoint(options);
  const isAllowedHost = hostHeaderValidation(allowedHosts(options.host));
  const isAllowedOrigin = originValidation(allowedHosts(options.host));
  const server = createHttpServer((request, response) => {
    // A vendor comes through a proxy under any name, and is known by the secret in its address.
    const isPush = request.url?.startsWith("/webhooks/") ?? false;
    if (!isPush && (!isAllowedHost(request, response) || !isAllowedOrigin(request, response))) return;
    route({ request, response }, mcp.handle, options).catch((error: unknown) => {
      // A client that hangs up in the middle is no failure of ours.
      if (request.socket.destroyed) return;
      options.log.error("http", { reason: error instanceof Error ? error.message : String(error) });
      if (!response.headersSent)
        answerRpcError(response, { status: 500, code: -32603, message: "Internal error" });
      else response.destroy();
    });
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}/mcp`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await mcp.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function route(
  exchange: Exchange,
  handleMcp: (exchange: Exchange) => Promise<void>,
  { metrics, checkReadiness, webhooks }: HttpOptions,
): Promise<void> {
  const { request, response } = exchange;
  const path = request.url?.split("?", 1)[0];
  if (webhooks && path?.startsWith("/webhooks/")) return webhooks(request, response);
  if (path === "/mcp") return handleMcp(exchange);
  if (request.method !== "GET") return answerText(response, 404, "Not found\n");
  if (path === "/healthz") return answerText(response, 200, "ok\n");
  if (path === "/readyz") {
    const isReady = await checkReadiness().then(
      () => true,
      () => false,
    );
    return answerText(
      response,
      isReady ? 200 : 503,
      isReady ? "ready\n" : "The state store does not answer.\n",
    );
  }
  if (path === "/metrics") {
    const { contentType, text } = await metrics.expose();
    return answerText(response, 200, text, contentType);
  }
  return answerText(response, 404, "Not found\n");
}

/** Newer clients are served request by request, older ones in sessions: only so do they get everything. */
function createMcpEndpoint({ createServer, changes, log, elapsed }: HttpOptions) {
  const addresses = new WeakMap<Request, string>();
  const addressOf = (request: Request | undefined) => request && addresses.get(request);
  const handler = createMcpHandler(({ requestInfo }) => createServer(addressOf(requestInfo)), {
    legacy: "reject",
    bus: changes,
    onerror: (error) => log.debug("mcp", { reason: error.message }),
  });
  const handleModern = ({ request, response }: SdkExchange, body: unknown, address: string | undefined) =>
    toNodeHandler({
      fetch: (webRequest, options) => {
        if (address !== undefined) addresses.set(webRequest, address);
        return handler.fetch(webRequest, options);
      },
    })(request, response, body);
  const sessions = createSessions({ createServer, changes, elapsed });
  const handle = async ({ request, response }: Exchange): Promise<void> => {
    // Node's type leaves `method` undefined where the SDK's leaves it out: the same object to both.
    const sdkRequest = request as SdkExchange["request"];
    const sessionId = request.headers["mcp-session-id"];
    const body = request.method === "POST" ? await readJsonBody(request) : { value: undefined };
    if ("error" in body) return answerRpcError(response, body.error);
    if (!(await isLegacyRequest(await toWebRequest(sdkRequest, body.value), body.value))) {
      return handleModern({ request: sdkRequest, response }, body.value, request.socket.remoteAddress);
    }
    if (typeof sessionId === "string") {
      const transport = sessions.find(sessionId, response);
      if (transport) return transport.handleRequest(request, response, body.value);
      return answerRpcError(response, { status: 404, code: -32001, message: "Session not found" });
    }
    if (request.method !== "POST") {
      response.setHeader("Allow", "POST");
      return answerRpcError(response, { status: 405, code: -32000, message: "Method not allowed" });
    }
    if (isInitialize(body.value))
      return (await sessions.open(response)).handleRequest(request, response, body.value);
    return answerRpcError(response, {
      status: 400,
      code: -32000,
      message: "Mcp-Session-Id header is required",
    });
  };
  return {
    handle,
    close: async () => {
      await Promise.allSettled([handler.close(), sessions.close()]);
    },
  };
}

function isInitialize(body: unknown): boolean {
  return Array.isArray(body)
    ? body.some((message) => isInitializeRequest(message))
    : isInitializeRequest(body);
}

/** Loopback names, and the address it was told to listen on: a page on another host must not reach it. */
function allowedHosts(host: string): string[] {
  return ["localhost", "127.0.0.1", "[::1]", host.includes(":") ? `[${host}]` : host];
}

function listen(server: ReturnType<typeof createHttpServer>, { port, host }: HttpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "the port is in use" : `the system says ${error.code}`;
      reject(
        new Failure("invalid_input", `It can't listen on ${host} port ${port}: ${reason}.`, {
          hint: "Choose another --port or --host; --port 0 takes any free one.",
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}

function answerText(
  response: ServerResponse,
  status: number,
  text: string,
  contentType = "text/plain; charset=utf-8",
): void {
  response.writeHead(status, { "Content-Type": contentType }).end(text);
}

function answerRpcError(
  response: ServerResponse,
  { status, code, message }: { status: number; code: number; message: string },
): void {
  response
    .writeHead(status, { "Content-Type": "application/json" })
    .end(JSON.stringify({ jsonrpc: "2.0", error: { code, message }, id: null }));
}
