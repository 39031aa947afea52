import type { App } from "../app.ts";
import type { Agreement, Principal } from "../domain/principal.ts";
import type { Writes } from "../state/writes.ts";

/** The app as one call works with it: every write of its store is recorded as asked for by this principal. */
export function actingFor(app: App, principal: Principal | undefined, agreement?: Agreement): App {
  if (!principal) return app;
  const who = agreement === undefined ? principal : { ...principal, agreement };
  return {
    ...app,
    store: async () => {
      const store = await app.store();
      const once: Writes["once"] = (request, steps) =>
        store.writes.once({ ...request, principal: who }, steps);
      return { ...store, writes: { ...store.writes, once } };
    },
  };
}
