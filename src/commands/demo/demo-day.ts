import type { StopOrder } from "../../sandbox/routemate/stop-orders.ts";
import type { Session } from "./connect.ts";

/** What each part of the demo's day works with. */
export type DemoDay = {
  session: Session;
  say: (line: string) => void;
  /** Says what comes next, and by which tools. */
  heading: (text: string) => void;
  /** Moves the vendors' time on. */
  advance: (seconds: number) => void;
  /** The vendors' time, milliseconds since 1970. */
  now: () => number;
  /** Says how a driver's stop will end. */
  orderStopEnd: (order: StopOrder) => void;
};
