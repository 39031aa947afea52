import type { VendorEvent } from "../../domain/event.ts";
import { Failure } from "../../domain/failure.ts";
import { type DisconnectReason, type LiveListener, takeoutTopics } from "../../domain/takeout/live.ts";
import { backoffMilliseconds } from "../../pipeline/retry-timing.ts";
import type { TokenSource } from "../access-token.ts";
import type { Http } from "../provider.ts";
import { holdConnection, type SocketLimits } from "./socket-connection.ts";
import { readMessage } from "./socket-message.ts";

/** Where the socket is and who opens it. */
type TakeoutSocketOptions = {
  /** Of the API, ending in `/api/v1`; the socket is at `/ws` beside `/api`. */
  baseUrl: string;
  headers: Readonly<Record<string, string>>;
  tokens: TokenSource;
  http: Pick<Http, "clock" | "random" | "log">;
};

const limits: SocketLimits = {
  handshakeMilliseconds: 10_000,
  heartbeatMilliseconds: 30_000,
  closingMilliseconds: 1_000,
  maxMessageBytes: 64 * 1024,
};

const backoff = { firstMilliseconds: 1_000, longestMilliseconds: 60_000 };

/** A connection that held so long was a good one: after it the waits start small again. */
const goodMilliseconds = 30_000;

const subscription = JSON.stringify({ action: "subscribe", topics: takeoutTopics });

/**
 * Follows the vendor's live messages (takeout.txt, 12), connecting and subscribing again whenever the connection ends,
 * after waits that grow; resolves when the signal aborts and every event that came was handed over.
 */
export async function openTakeoutSocket(
  options: TakeoutSocketOptions,
  listener: LiveListener,
): Promise<void> {
  const { clock, random } = options.http;
  const { signal } = listener;
  const events = handInOrder(listener);
  let attempt = 0;
  let refusedToken: string | undefined;
  while (!signal.aborted) {
    attempt++;
    const startedAt = clock.elapsed();
    const { reason, token } = await connectOnce(options, { listener, events, attempt, refusedToken });
    if (signal.aborted) break;
    refusedToken = reason === "refused" ? token : undefined;
    if (clock.elapsed() - startedAt >= goodMilliseconds) attempt = 1;
    const retryInMilliseconds = Math.round(backoffMilliseconds(backoff, attempt, random));
    listener.onState?.({ kind: "disconnected", reason, retryInMilliseconds });
    await clock.sleep(retryInMilliseconds, signal).catch(() => {}); // the loop sees the abort
  }
  await events.handedOver();
}

type Round = {
  listener: LiveListener;
  events: ReturnType<typeof handInOrder>;
  attempt: number;
  /** The token that the vendor did not take in the round before. */
  refusedToken: string | undefined;
};

/** One connection from its token to its end. */
async function connectOnce(
  options: TakeoutSocketOptions,
  { listener, events, attempt, refusedToken }: Round,
): Promise<{ reason: DisconnectReason; token?: string }> {
  const { http } = options;
  const { signal, onState } = listener;
  const token = await tokenFor(options.tokens, refusedToken, signal);
  if (token instanceof Failure) return { reason: token.code };
  const startedAt = http.clock.elapsed();
  const log = (outcome: { status: number } | { code: "unavailable" | "unauthorized" }) => {
    const milliseconds = Math.round(http.clock.elapsed() - startedAt);
    http.log({ vendor: "takeout", method: "GET", path: "/ws", attempt, milliseconds, ...outcome });
  };
  const reason = await holdConnection({
    address: socketAddress(options.baseUrl, token),
    headers: options.headers,
    greeting: subscription,
    clock: http.clock,
    limits,
    signal,
    onOpen: () => {
      log({ status: 101 });
      onState?.({ kind: "connected" });
    },
    onMessage: (bytes) => {
      const message = readMessage(bytes);
      if (typeof message === "string") return onState?.({ kind: "ignored", reason: message });
      events.add(message);
    },
  });
  if (reason === "refused") log({ code: "unauthorized" });
  if (reason === "unreachable") log({ code: "unavailable" });
  return { reason, token };
}

/** A valid token, another one than was refused; the failure where there is none to be had. */
async function tokenFor(
  tokens: TokenSource,
  refused: string | undefined,
  signal: AbortSignal,
): Promise<string | Failure> {
  try {
    return await (refused === undefined ? tokens.current(signal) : tokens.renew(refused, signal));
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** `wss://…/ws?token=…` for `https://…/api/v1` (takeout.txt, 12.1). */
function socketAddress(baseUrl: string, token: string): URL {
  const address = new URL(baseUrl);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.pathname = `${address.pathname.replace(/\/+$/, "").replace(/\/api\/v1$/, "")}/ws`;
  address.search = new URLSearchParams({ token }).toString();
  return address;
}

/** Hands events to the listener one after the other; one that it fails to take is told and passed over. */
function handInOrder({ onEvent, onState }: LiveListener) {
  let last: Promise<void> = Promise.resolve();
  const hand = async (event: VendorEvent) => {
    try {
      await onEvent(event);
    } catch {
      onState?.({ kind: "ignored", reason: "not_taken" });
    }
  };
  return {
    add: (event: VendorEvent) => {
      last = last.then(() => hand(event));
    },
    handedOver: () => last,
  };
}
