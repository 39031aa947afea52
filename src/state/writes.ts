import type { Kysely } from "kysely";
import type { Clocks } from "./instant.ts";
import type { Owners } from "./owners.ts";
import type { Page } from "./page.ts";
import type { Database } from "./schema.ts";
import { forgetPersonal } from "./writes/forget-personal.ts";
import { createLedger } from "./writes/ledger.ts";
import { countUnknown, listWrites, type WriteQuery, type WriteRecord } from "./writes/list-writes.ts";
import { createOnce, type Once } from "./writes/once.ts";
import type { RecordOptions } from "./writes/redact-write.ts";
import type { WriteWaits } from "./writes/write-steps.ts";

/** Writes at vendors: each happens once, and all are on record. */
export type Writes = {
  once: Once;
  /** Newest first; those alone that fit all that is given. */
  list: (query: WriteQuery) => Promise<Page<WriteRecord>>;
  /** How many there are of which nobody can say whether they took effect. */
  countUnknown: () => Promise<number>;
};

type Options = {
  db: Kysely<Database>;
  clocks: Clocks;
  owners: Owners;
  randomId: () => string;
  waits: WriteWaits;
  recording: RecordOptions;
};

/** The writes of a store, and what the store does with them. */
export type OpenedWrites = {
  writes: Writes;
  /** Waits for those that are under way. */
  idle: () => Promise<void>;
  /** Takes out of all of them the personal data that they may be without. */
  forgetAll: () => Promise<void>;
};

/** Opens the writes of a store. */
export function createWrites({ db, clocks, owners, randomId, waits, recording }: Options): OpenedWrites {
  const ledger = createLedger({ db, clocks, owners });
  const { once, idle } = createOnce({ ledger, randomId, waits, recording });
  const place = { db, owners, since: ledger.since, recording };
  const forgetSome = () => forgetPersonal(place);
  return {
    writes: {
      once: async (request, steps) => {
        const result = await once(request, steps);
        // Each write takes the data out of some older ones; where that fails the next one will.
        await forgetSome().catch(() => {});
        return result;
      },
      list: (query) => listWrites(place, query),
      countUnknown: () => countUnknown(place),
    },
    idle,
    forgetAll: async () => {
      while ((await forgetSome()) > 0);
    },
  };
}
