import { InMemoryServerEventBus, type ServerEventBus } from "@modelcontextprotocol/server";

/** Changes on their way to clients, and whether any client listens. */
export type Changes = ServerEventBus & {
  isHeard: () => boolean;
  /** Calls back each time that somebody begins to listen where nobody did; the result ends it. */
  onFirstListener: (begin: () => void) => () => void;
};

/** Nobody listens yet. */
export function createChanges(): Changes {
  const bus = new InMemoryServerEventBus();
  const beginnings = new Set<() => void>();
  let listeners = 0;
  return {
    publish: (event) => bus.publish(event),
    subscribe: (listener) => {
      const unsubscribe = bus.subscribe(listener);
      let isOver = false;
      listeners += 1;
      if (listeners === 1) for (const begin of beginnings) begin();
      return () => {
        if (!isOver) listeners -= 1;
        isOver = true;
        unsubscribe();
      };
    },
    isHeard: () => listeners > 0,
    onFirstListener: (begin) => {
      beginnings.add(begin);
      return () => beginnings.delete(begin);
    },
  };
}
