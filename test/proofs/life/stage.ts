import type { ToolResult } from "../server/killable-server.ts";
import type { World } from "../server/world.ts";
import type { Model } from "./model.ts";

/** How often each thing came about in all lives so far, so that nobody takes calls that were all refused for a proof. */
export type Tally = Map<string, number>;

/** Where a life is played: the world, its model, the last dispatch that was called, and what came about. */
export type Stage = { world: World; model: Model; last: { args: Record<string, unknown> }; tally: Tally };

/** Notes how a call ended: the code of a refusal, else what it did. */
export function note({ tally }: Stage, what: string, result: ToolResult | undefined): void {
  const end = result ? (errorCode(result) ?? String(result.data["status"] ?? "done")) : "killed";
  const name = `${what}: ${end}`;
  tally.set(name, (tally.get(name) ?? 0) + 1);
}

/** A tool may refuse, but it never breaks. */
export function brokenAnswer(result: ToolResult | undefined): string[] {
  if (result === undefined) return ["the server died"];
  return errorCode(result) === "internal" ? [`a tool broke: ${result.text}`] : [];
}

/** The code of a call that was refused. */
export function errorCode({ data }: ToolResult): string | undefined {
  const { code } = Object(data["error"]);
  return code;
}
