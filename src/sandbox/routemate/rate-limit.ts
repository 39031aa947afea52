import type { Clock } from "../clock.ts";

/** Counts one request of an integration; gives the seconds to wait when it is one too many. */
export type RateLimit = (clientId: string) => { retryAfterSeconds: number } | undefined;

const requestsPerWindow = 60;
const windowMs = 60_000;

/** 60 requests a rolling minute for each integration (routemate.txt, 速率限制). A refused request does not count. */
export function createRateLimit(clock: Clock): RateLimit {
  const times = new Map<string, number[]>();
  return (clientId) => {
    const now = clock.clientNow();
    const recent = (times.get(clientId) ?? []).filter((time) => time > now - windowMs);
    times.set(clientId, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= requestsPerWindow) {
      return { retryAfterSeconds: Math.ceil((oldest + windowMs - now) / 1000) };
    }
    recent.push(now);
    return undefined;
  };
}
