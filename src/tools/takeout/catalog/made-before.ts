import type { Store } from "../../../state/open-store.ts";

/** Far more than anybody creates under one name while one of them is in doubt. */
const newestWrites = 100;

/**
 * Identifiers that other writes of this tool and natural key are known to have made, whatever else they said: none of
 * them can be what a write in doubt has made.
 */
export async function madeByOtherWrites(
  store: Store,
  { tool, naturalKey, writeId }: { tool: string; naturalKey: string; writeId: string },
): Promise<Set<string>> {
  const { items } = await store.writes.list({ naturalKey, limit: newestWrites });
  const made = items
    .filter((write) => write.tool === tool && write.writeId !== writeId)
    .map(({ outcome }) => identifierIn(outcome));
  return new Set(made.filter((id) => id !== undefined));
}

function identifierIn(outcome: unknown): string | undefined {
  if (typeof outcome !== "object" || outcome === null || !("id" in outcome)) return undefined;
  return typeof outcome.id === "string" ? outcome.id : undefined;
}
