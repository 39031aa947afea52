import type { McpServer, ServerEvent, ServerEventBus } from "@modelcontextprotocol/server";

type Era = "legacy" | "modern";

/**
 * Sends changes to the client of one lasting connection (stdio, or a session over HTTP) until it closes.
 * Older clients get updates of resources they subscribed to by themselves; the SDK filters for newer ones.
 */
export function forwardChanges(
  server: McpServer,
  { era, changes }: { era: Era; changes: ServerEventBus },
): void {
  const subscribed = new Set<string>();
  if (era === "legacy") keepSubscriptions(server, subscribed);
  const unsubscribe = changes.subscribe((event) => {
    if (event.kind === "resource_updated" && era === "legacy" && !subscribed.has(event.uri)) return;
    // A client that has just gone away is no failure of whoever made the change.
    send(server, event).catch(() => {});
  });
  const closed = server.server.onclose;
  server.server.onclose = () => {
    unsubscribe();
    closed?.();
  };
}

function keepSubscriptions(server: McpServer, subscribed: Set<string>): void {
  server.server.setRequestHandler("resources/subscribe", ({ params }) => {
    subscribed.add(params.uri);
    return {};
  });
  server.server.setRequestHandler("resources/unsubscribe", ({ params }) => {
    subscribed.delete(params.uri);
    return {};
  });
}

function send({ server }: McpServer, event: ServerEvent): Promise<void> {
  if (event.kind === "resource_updated") return server.sendResourceUpdated({ uri: event.uri });
  if (event.kind === "resources_list_changed") return server.sendResourceListChanged();
  if (event.kind === "tools_list_changed") return server.sendToolListChanged();
  return server.sendPromptListChanged();
}
