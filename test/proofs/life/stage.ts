import type { ToolResult } from "../server/killable-server.ts";
import type { World } from "../server/world.ts";
import type { Model } from "./model.ts";

/** Where a life is played: the world, its model, and the last dispatch that was called. */
export type Stage = { world: World; model: Model; last: { args: Record<string, unknown> } };

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
