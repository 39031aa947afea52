/** What can be done to a plan. */
export const operations = [
  "move",
  "swap",
  "remove",
  "add",
  "lock",
  "unlock",
  "reorder",
  "split",
  "set_vehicle",
  "set_window",
  "set_priority",
] as const;

/** One of them, the `op` of a change. */
export type Operation = (typeof operations)[number];
