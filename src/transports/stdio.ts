import type { McpServer, ServerEventBus } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio as serve } from "@modelcontextprotocol/server/stdio";
import type { Log } from "../log.ts";
import { forwardChanges } from "../subscriptions.ts";

/** The longest line that is read: a client that sends a longer one loses the connection. */
const longestLineBytes = 64 * 1024 * 1024;

type StdioOptions = { createServer: () => McpServer; changes: ServerEventBus; log: Log };

/** Speaks MCP on this process's stdin and stdout until the client closes stdin or `close` is called. */
export function serveStdio({ createServer, changes, log }: StdioOptions): { close: () => Promise<void> } {
  return serve(
    ({ era }) => {
      const server = createServer();
      forwardChanges(server, { era, changes });
      return server;
    },
    {
      transport: new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: longestLineBytes }),
      onerror: (error) => log.warn("stdio", { reason: error.message }),
    },
  );
}
