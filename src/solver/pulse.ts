/** What a pulse needs: a clock in milliseconds, and how progress goes out. */
type PulseParts<Progress> = { now: () => number; send: (progress: Progress) => void };

/** A little under the 250 ms that callers are promised. */
export const pulseMilliseconds = 200;

/** Sends progress on, or keeps it for later; and again what is the latest when nothing was sent for long. */
export type Pulse<Progress> = {
  tell: (progress: Progress) => void;
  keep: (progress: Progress) => void;
  /** To be called often, whatever is being worked on. */
  beat: () => void;
};

/** A pulse that is silent until there is any progress. */
export function createPulse<Progress>({ now, send }: PulseParts<Progress>): Pulse<Progress> {
  let latest: Progress | undefined;
  let sentAt = now();
  const tell = (progress: Progress): void => {
    latest = progress;
    sentAt = now();
    send(progress);
  };
  return {
    tell,
    keep: (progress) => {
      latest = progress;
    },
    beat: () => {
      if (latest !== undefined && now() - sentAt >= pulseMilliseconds) tell(latest);
    },
  };
}
