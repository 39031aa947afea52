import type { Example } from "./example.ts";
import { merchantId } from "./takeout-catalog.ts";

const november = { start_date: "2026-11-01", end_date: "2026-11-30" };

/** A good call of each tool over statistics. */
export const takeoutInsightExamples: Record<string, Example> = {
  get_merchant_overview: async (client) => ({ merchant_id: await merchantId(client), ...november }),
  get_platform_dashboard: async () => november,
};
