/** A stretch of time in seconds from the plan's start; an open end is -Infinity or Infinity. */
export type TimeSpan = { start: number; end: number };

/** The same times as ascending spans that do not touch. */
export function uniteSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  const united: TimeSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = united.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else united.push({ ...span });
  }
  return united;
}

/** What of the spans lies within the limit; a span may shrink to one moment. */
export function clipSpans(spans: readonly TimeSpan[], limit: TimeSpan): TimeSpan[] {
  return spans
    .map(({ start, end }) => ({ start: Math.max(start, limit.start), end: Math.min(end, limit.end) }))
    .filter(({ start, end }) => start <= end);
}
