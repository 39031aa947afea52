import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import type { Store } from "../../../src/state/open-store.ts";
import type { KillableServer } from "../server/killable-server.ts";

/** Where a scenario is played: the vendors' own truth, and the state file as another process reads it. */
export type Stage = { sandbox: Sandbox; store: Store };

/** What a scenario found at its end; `faults` are sentences on what does not agree. */
export type Findings = { lost: number; doubled: number; faults: string[] };

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
  prepare: (stage: Stage, server: KillableServer) => Promise<Attempt>;
};

/** What must hold of so many wanted things by name: each there once. */
export function compareHoldings(wanted: readonly string[], held: readonly string[]): Findings {
  const count = (name: string) => held.filter((one) => one === name).length;
  const lost = wanted.filter((name) => count(name) === 0).length;
  const doubled = held.length - new Set(held).size;
  const strangers = held.filter((name) => !wanted.includes(name));
  return { lost, doubled, faults: strangers.map((name) => `the vendor holds ${name}, which nobody wanted`) };
}
