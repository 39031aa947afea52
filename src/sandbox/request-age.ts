import type { Clock } from "./clock.ts";
import type { SandboxRequest } from "./message.ts";

/**
 * How old a request is by its own timestamp, in milliseconds; negative when it is dated ahead. A client dates by its
 * machine's clock, which `advance` does not move, or by the Date header of the answers, which it does: whichever of
 * the two is nearer counts.
 */
export function ageOfRequest(
  sentAt: number,
  clock: Clock,
  { clockOffsetMilliseconds }: Pick<SandboxRequest, "clockOffsetMilliseconds">,
): number {
  const ages = [clock.wallNow(), clock.clientNow()].map((now) => now + clockOffsetMilliseconds - sentAt);
  return ages.reduce((nearest, age) => (Math.abs(age) < Math.abs(nearest) ? age : nearest));
}
