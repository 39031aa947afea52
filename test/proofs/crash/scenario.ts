import type { Findings } from "../compare-holdings.ts";
import type { KillableServer } from "../server/killable-server.ts";
import type { World } from "../server/world.ts";

/** Where a scenario is played: the vendors' own truth, and the state as another process reads it. */
export type Place = Pick<World, "sandbox" | "store">;

/** Whether a call came through, and what it said. */
export type Told = { isThrough: boolean; text: string };

/** One write, or several, that must come about once whatever happens to the server in between. */
export type Attempt = {
  /** Makes the call, or all calls, again; undefined when the server died over it. */
  call: (server: KillableServer) => Promise<Told | undefined>;
  /** Asked once it is through, of a server that lives. */
  check: (server: KillableServer) => Promise<Findings>;
};

/** A kind of write that is tried again and again, each time with other content. */
export type Scenario = {
  name: string;
  /** The path of the vendor's endpoint that writes, and how often one attempt asks it. */
  writes: { path: string; times: number };
  /** Gets everything ready up to the call that writes. */
  prepare: (place: Place, server: KillableServer) => Promise<Attempt>;
};
