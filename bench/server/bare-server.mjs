// The yardstick: the SDK with one tool and nothing else, on stdio or, with --http, on a free port.
import { createServer } from "node:http";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import * as z from "zod";

const input = z.strictObject({ plan_id: z.string() });
const output = z.object({ plan_id: z.string() });

function build() {
  const server = new McpServer({ name: "bare", version: "1.0.0" });
  const tool = {
    title: "Get",
    description: "Gives back its argument",
    inputSchema: input,
    outputSchema: output,
  };
  server.registerTool("get_plan", tool, ({ plan_id }) => ({
    content: [{ type: "text", text: plan_id }],
    structuredContent: { plan_id },
  }));
  return server;
}

if (process.argv.includes("--http")) {
  const listener = createServer(toNodeHandler(createMcpHandler(build)));
  listener.listen(0, "127.0.0.1", () => {
    process.stderr.write(`bare serves MCP at http://127.0.0.1:${listener.address().port}/mcp\n`);
  });
} else {
  serveStdio(build);
}
