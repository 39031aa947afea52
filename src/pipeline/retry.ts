import pRetry from "p-retry";
import { Failure, type FailureCode } from "../domain/failure.ts";
import { abortFailure } from "./abort.ts";
import type { Clock } from "./clock.ts";
import { outcomeUnknown, type VendorLabel } from "./fault.ts";
import type { Send, Step, VendorAnswer, VendorRequest } from "./pipeline.ts";
import type { RetryBudget } from "./retry-budget.ts";
import { type Backoff, backoffMilliseconds } from "./retry-timing.ts";

/** How often and after which waits a request is repeated. */
export type RetryOptions = VendorLabel & {
  clock: Clock;
  random: () => number;
  /** At most so many attempts after the first. */
  retries: number;
  backoff: Backoff;
  budget: RetryBudget;
  /** Seconds that the vendor asks us to wait, from its headers or body. */
  askedSeconds: (answer: VendorAnswer) => number | undefined;
};

/** Statuses after which the same request may well succeed. */
const passingStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Failures without an answer after which the same request may well succeed. */
const passingFailures: ReadonlySet<FailureCode> = new Set(["unavailable", "timeout", "outcome_unknown"]);

/** Repeats requests that are marked repeatable, as long as budget and deadline allow; each goes through all later steps. */
export function retry(options: RetryOptions): Step {
  return (next) => (request) => {
    options.budget.earn();
    return request.isRepeatable ? repeat(options, request, next) : next(request);
  };
}

async function repeat(options: RetryOptions, request: VendorRequest, next: Send): Promise<VendorAnswer> {
  let answer: VendorAnswer | undefined;
  let isUnsettled = false;

  const attemptOnce = async (attempt: number) => {
    answer = undefined;
    answer = await next({ ...request, attempt });
    if (passingStatuses.has(answer.status)) throw new Error("This answer is worth another attempt.");
    return answer;
  };
  // p-retry counts and loops; the wait is ours, for it has to know the vendor's wish and the injected randomness
  const shouldRetry = async ({ error, attemptNumber }: { error: Error; attemptNumber: number }) => {
    isUnsettled ||= answer ? answer.status >= 500 : isCode(error, "outcome_unknown");
    if (!answer && !isPassing(error)) return false;
    const milliseconds = waitMilliseconds(options, attemptNumber, answer);
    const end = request.deadlineAt ?? Number.POSITIVE_INFINITY;
    if (options.clock.elapsed() + milliseconds >= end || !options.budget.spend()) return false;
    await options.clock.sleep(milliseconds, request.signal);
    return true;
  };

  try {
    return await pRetry(attemptOnce, { retries: options.retries, minTimeout: 0, shouldRetry });
  } catch (error) {
    return lastWord(options, request, { answer, error, isUnsettled });
  }
}

/** What a call ends with when no attempt went well: the last answer or failure, unless an earlier write is in doubt. */
function lastWord(
  options: RetryOptions,
  request: VendorRequest,
  { answer, error, isUnsettled }: { answer: VendorAnswer | undefined; error: unknown; isUnsettled: boolean },
): VendorAnswer {
  if (isCode(error, "outcome_unknown")) throw error;
  const ended = request.signal?.aborted ? abortFailure(request.signal) : undefined;
  const isInDoubt = request.isWrite && isUnsettled;
  // a 5xx says by its status that it leaves a write in doubt
  if (answer && !ended && (!isInDoubt || answer.status >= 500)) return answer;
  throw isInDoubt ? outcomeUnknown(options, request, ended ?? error) : (ended ?? error);
}

function waitMilliseconds(options: RetryOptions, attempt: number, answer: VendorAnswer | undefined): number {
  const backoff = backoffMilliseconds(options.backoff, attempt, options.random);
  const asked = answer && options.askedSeconds(answer);
  return asked === undefined ? backoff : Math.max(backoff, asked * 1000);
}

function isPassing(error: Error): boolean {
  return error instanceof Failure && passingFailures.has(error.code);
}

function isCode(error: unknown, code: FailureCode): boolean {
  return error instanceof Failure && error.code === code;
}
