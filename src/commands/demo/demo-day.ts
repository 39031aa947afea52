import type { Session } from "./connect.ts";

/** What each part of the demo's day works with. */
export type DemoDay = {
  session: Session;
  /** Moves the sandbox's time on. */
  advance: (seconds: number) => void;
  /** Milliseconds since 1970, in the sandbox. */
  now: () => number;
  say: (line: string) => void;
};
