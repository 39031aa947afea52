import type { McpServer, ServerEventBus } from "@modelcontextprotocol/server";
import { serveStdio as serve } from "@modelcontextprotocol/server/stdio";
import type { Log } from "../log.ts";
import { forwardChanges } from "../subscriptions.ts";

type StdioOptions = { createServer: () => McpServer; changes: ServerEventBus; log: Log };

/** Speaks MCP on this process's stdin and stdout until the client closes stdin or `close` is called. */
export function serveStdio({ createServer, changes, log }: StdioOptions): { close: () => Promise<void> } {
  return serve(
    ({ era }) => {
      const server = createServer();
      forwardChanges(server, { era, changes });
      return server;
    },
    { onerror: (error) => log.warn("stdio", { reason: error.message }) },
  );
}
