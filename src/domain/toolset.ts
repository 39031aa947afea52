import type { VendorName } from "./failure.ts";

/** The groups in which tools are served, in the order clients list them. */
export const toolsetNames = ["fleet", "planning", "routes"] as const;

export type ToolsetName = (typeof toolsetNames)[number];

/** The vendor whose configuration brings a toolset; planning needs none. */
export const vendorOfToolset = {
  fleet: "fleet",
  planning: null,
  routes: "routemate",
} as const satisfies Record<ToolsetName, VendorName | null>;
