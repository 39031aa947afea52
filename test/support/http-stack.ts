import { InMemoryServerEventBus, type McpServer, type ServerEventBus } from "@modelcontextprotocol/server";
import { createMetrics } from "../../src/metrics.ts";
import { type HttpServer, serveHttp } from "../../src/transports/http.ts";

/** Serves what `createServer` makes through the product's own HTTP stack, on a free port of this process. */
export async function startHttpStack(
  createServer: (changes: ServerEventBus) => McpServer,
  elapsed: () => number = () => performance.now(),
): Promise<HttpServer & { changes: InMemoryServerEventBus }> {
  const changes = new InMemoryServerEventBus();
  const ignore = () => {};
  const server = await serveHttp({
    port: 0,
    host: "127.0.0.1",
    createServer: () => createServer(changes),
    changes,
    metrics: createMetrics(),
    checkReadiness: async () => {},
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    elapsed,
  });
  return { ...server, changes };
}
