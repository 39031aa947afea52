/** The day a sandbox starts on, by the factory's clock (UTC+8). */
export type FactoryDay = {
  /** Milliseconds since the epoch. */
  midnight: number;
  /** YYYY-MM-DD */
  date: string;
};

const offsetMs = 8 * 3600 * 1000;
const dayMs = 24 * 3600 * 1000;

/** The factory's day that holds a moment (milliseconds since the epoch). */
export function factoryDay(moment: number): FactoryDay {
  const midnight = Math.floor((moment + offsetMs) / dayMs) * dayMs - offsetMs;
  return { midnight, date: factoryTime(midnight).slice(0, 10) };
}

/** A moment as the ERP writes it: 2026-04-14T10:00:00+08:00. */
export function factoryTime(moment: number): string {
  return `${new Date(moment + offsetMs).toISOString().slice(0, 19)}+08:00`;
}
