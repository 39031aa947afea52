import { McpServer, type ServerEventBus } from "@modelcontextprotocol/server";
import { addAskingTools, addStatefulTools, requestStates } from "./fixture/asking-tools.ts";
import { addContentTools, addReportingTools } from "./fixture/content-tools.ts";
import { addForms } from "./fixture/forms.ts";
import { addPrompts } from "./fixture/prompts.ts";
import { addChangeTools, addResources } from "./fixture/resources.ts";

/**
 * A server with the tools, prompts and resources that the protocol's conformance suite asks for by name.
 * It stands in for `createServer` where a test is about the transports and not about deliveries.
 */
export function createFixtureServer(changes: ServerEventBus): McpServer {
  const server = new McpServer(
    { name: "waybill-fixture", version: "1" },
    {
      capabilities: { logging: {}, resources: { subscribe: true, listChanged: true } },
      requestState: { verify: requestStates.verify },
    },
  );
  addContentTools(server);
  addReportingTools(server);
  addAskingTools(server);
  addStatefulTools(server);
  addForms(server);
  addChangeTools(server, changes);
  addPrompts(server);
  addResources(server);
  return server;
}
