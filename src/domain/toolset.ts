import type { VendorName } from "./failure.ts";

/** The groups in which tools are served, in the order clients list them. */
export const toolsetNames = [
  "fleet",
  "planning",
  "routes",
  "robots",
  "tracking",
  "takeout.orders",
  "takeout.payments",
  "takeout.delivery",
  "takeout.catalog",
  "takeout.marketing",
  "takeout.insight",
  "takeout.account",
] as const;

export type ToolsetName = (typeof toolsetNames)[number];

/** The vendor whose configuration brings a toolset; planning needs none. */
export const vendorOfToolset = {
  fleet: "fleet",
  planning: null,
  routes: "routemate",
  robots: "yunji",
  tracking: "transmit",
  "takeout.orders": "takeout",
  "takeout.payments": "takeout",
  "takeout.delivery": "takeout",
  "takeout.catalog": "takeout",
  "takeout.marketing": "takeout",
  "takeout.insight": "takeout",
  "takeout.account": "takeout",
} as const satisfies Record<ToolsetName, VendorName | null>;

/** Served only where they are asked for: a dispatcher's day does not need them, and each costs an agent tokens. */
export const toolsetsOnRequest: ReadonlySet<ToolsetName> = new Set([
  "takeout.catalog",
  "takeout.marketing",
  "takeout.insight",
  "takeout.account",
]);
