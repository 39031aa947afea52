/** What every call to a vendor takes beside its arguments. */
export type CallOptions = {
  /** Ends the call, its waits and its retries. */
  signal?: AbortSignal | undefined;
};
