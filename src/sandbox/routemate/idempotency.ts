import type { Clock } from "../clock.ts";
import type { Answer } from "../message.ts";

/** Runs the work of a key once; while the first answer is fresh, or still being made, gives that one instead. */
export type Idempotency = (key: string, work: () => Promise<Answer>) => Promise<Answer>;

const keyLifeMs = 24 * 3600 * 1000;

/** Keeps the first successful answer of each key for 24 hours (routemate.txt, 幂等性); a failure frees its key. */
export function createIdempotency(clock: Clock): Idempotency {
  const answers = new Map<string, { answer: Promise<Answer>; expiresAt: number }>();
  return async (key, work) => {
    const kept = answers.get(key);
    if (kept && kept.expiresAt > clock.clientNow()) return kept.answer;
    const entry = { answer: work(), expiresAt: clock.clientNow() + keyLifeMs };
    answers.set(key, entry);
    const answer = await entry.answer;
    if (answer.status !== 200 && answers.get(key) === entry) answers.delete(key);
    return answer;
  };
}
