import type { VendorEvent } from "../event.ts";
import type { FailureCode } from "../failure.ts";

/** What the takeout system tells of by itself (takeout.txt, 12.2). */
export const takeoutTopics = ["order.new", "order.status", "delivery.location", "payment.success"] as const;

/** Why a connection ended, or never began. */
export type DisconnectReason =
  /** The vendor ended it. */
  | "closed"
  /** The vendor takes no connection with this token; the next attempt comes with another one. */
  | "refused"
  | "unreachable"
  /** Nothing came for a while, not even an answer to a ping. */
  | "silent"
  /** A message was longer than any that is taken. */
  | "oversize"
  /** There was no token to be had. */
  | FailureCode;

/** How the live connection stands. */
export type LiveState =
  /**
   * Connected and subscribed. The vendor keeps nothing for those who are away: what happened before this moment has
   * to be read, at the first connection and at each later one.
   */
  | { kind: "connected" }
  | { kind: "disconnected"; reason: DisconnectReason; retryInMilliseconds: number }
  /** A message came that cannot be an event, or `onEvent` failed to take one. */
  | { kind: "ignored"; reason: "malformed" | "unknown_topic" | "not_taken" };

/** Who is told of what happens. */
export type LiveListener = {
  /** Called for one event at a time, in the order in which they came; the next one waits until it has settled. */
  onEvent: (event: VendorEvent) => void | Promise<void>;
  /** Must not throw. */
  onState?: (state: LiveState) => void;
  /** Ends it. */
  signal: AbortSignal;
};

/**
 * Follows the topics over a WebSocket, connecting again whenever the connection ends; resolves when the signal aborts
 * or the client closes, once every event that came was handed over. An event may come twice, and those of a time
 * without a connection are missed.
 */
export type ListenLive = (listener: LiveListener) => Promise<void>;
