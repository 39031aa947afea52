import type { Example } from "./example.ts";

/** A good call of the tool over the event inbox. */
export const eventExamples: Record<string, Example> = {
  list_events: async () => ({ since: "2026-01-01T00:00:00+08:00", limit: 10 }),
};
