/** Milliseconds since 1970 on a clock that only grows, and that all threads of the process share. */
export function epochMilliseconds(): number {
  return performance.timeOrigin + performance.now();
}
