import type { McpServer, ServerEventBus } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio as serve } from "@modelcontextprotocol/server/stdio";
import type { Log } from "../log.ts";
import { forwardChanges } from "../subscriptions.ts";

/** The longest line that is read: a client that sends a longer one loses the connection. */
const longestLineBytes = 64 * 1024 * 1024;

type StdioOptions = { createServer: () => McpServer; changes: ServerEventBus; log: Log };

/** A connection to the one client of this process. */
export type StdioServer = {
  /** Resolves when the connection is over, whoever ended it. */
  closed: Promise<void>;
  close: () => Promise<void>;
};

/** Speaks MCP on this process's stdin and stdout until the client closes stdin or `close` is called. */
export function serveStdio({ createServer, changes, log }: StdioOptions): StdioServer {
  const transport = new StdioServerTransport(process.stdin, process.stdout, {
    maxBufferSize: longestLineBytes,
  });
  const { close } = serve(
    ({ era }) => {
      const server = createServer();
      forwardChanges(server, { era, changes });
      return server;
    },
    {
      transport,
      onerror: (error) => log.warn("stdio", { reason: error.message }),
    },
  );
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const { onclose } = transport;
  transport.onclose = () => {
    onclose?.();
    resolve();
  };
  return { closed, close };
}
