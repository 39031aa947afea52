import type { App } from "../app.ts";
import { fingerprintOf } from "../state/fingerprint.ts";

/** A write that sets a state which a later one can set back. */
type StateSetting<Arguments extends object> = {
  tool: string;
  /** What decides what is written, as `writes.once` takes it. */
  arguments: Arguments;
  /** A call with a name of its own is told from all others by that name. */
  requestId: string | undefined;
  /** What has the state; writes of the tool under the same key are about it. */
  naturalKey?: string | undefined;
  /** Which earlier writes are about it, by their arguments, where no one key tells; all of the key when left out. */
  concerns?: (earlier: unknown) => boolean;
};

/** As many writes of a tool as are looked back at. */
const rememberedWrites = 50;

/**
 * The arguments with `after`, the write whose other state this one changes: pausing, resuming and pausing again within
 * minutes are three writes, and the third is no repeat of the first. A repeat follows what the write it repeats did.
 */
export async function inItsTurn<Arguments extends object>(
  app: App,
  { tool, arguments: wanted, requestId, naturalKey, concerns = () => true }: StateSetting<Arguments>,
): Promise<Arguments & { after?: string }> {
  if (requestId !== undefined) return wanted;
  const store = await app.store();
  const { items } = await store.writes.list({ tool, naturalKey, limit: rememberedWrites });
  const last = items.find((write) => write.state !== "refused" && concerns(write.arguments));
  if (!last) return wanted;
  const repeated = { ...wanted, ...turnOf(last.arguments) };
  // The record may be without some of the arguments; their fingerprint is of all of them.
  return fingerprintOf(tool, repeated) === last.fingerprint ? repeated : { ...wanted, after: last.writeId };
}

function turnOf(kept: unknown): { after?: string } {
  const { after } = { after: undefined, ...(typeof kept === "object" && kept) };
  return typeof after === "string" ? { after } : {};
}
