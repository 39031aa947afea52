import type { TrackingSummary } from "../../domain/freight.ts";

/** The brokers of the loads that were shown. */
type SeenBrokers = {
  note: (...trackings: TrackingSummary[]) => void;
  /** Identifiers, those seen last first. */
  newestFirst: () => string[];
};

/** As many as are remembered; an account seldom sees the loads of more than one. */
const mostBrokers = 10;

/** Remembers whose loads were shown: no call tells the account's own broker, and lists need one. */
export function createSeenBrokers(): SeenBrokers {
  let seen: string[] = [];
  return {
    note: (...trackings) => {
      const shown = trackings.map(({ broker }) => String(broker.id));
      seen = [...new Set([...shown, ...seen])].slice(0, mostBrokers);
    },
    newestFirst: () => [...seen],
  };
}
