import type { Message } from "./messages.ts";
import { largeDay } from "./small-day.ts";

/** Arguments of a search that no machine ends while a test runs. */
export const longPlan = { name: "plan_load", arguments: { ...largeDay(1500), time_limit_seconds: 300 } };

/** The same request, asking for progress. */
export function withProgress(call: Message): Message {
  const _meta = { ...Object(call.params?.["_meta"]), progressToken: "progress" };
  return { ...call, params: { ...call.params, _meta } };
}
