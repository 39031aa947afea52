/** Keeps retries to a fraction of the requests, so that an outage is not made worse. */
export type RetryBudget = {
  /** A first attempt was made. */
  earn: () => void;
  /** Takes one retry; false when there is none left. */
  spend: () => boolean;
};

/** So many retries for each request, and at most so many saved up (and there at the start). */
export type RetryBudgetOptions = { retriesPerRequest: number; savedRetries: number };

/** A token bucket that requests fill and retries empty. */
export function createRetryBudget({ retriesPerRequest, savedRetries }: RetryBudgetOptions): RetryBudget {
  let retries = savedRetries;
  return {
    earn: () => {
      retries = Math.min(savedRetries, retries + retriesPerRequest);
    },
    spend: () => {
      if (retries < 1) return false;
      retries -= 1;
      return true;
    },
  };
}
