import { compareHoldings } from "../compare-holdings.ts";
import type { Scenario } from "./scenario.ts";

const routes = 5;
let attempts = 0;

/** Five routes by import_route, one call after the other; a crash makes all five calls again. */
export const importRoutes: Scenario = {
  name: "five import_route calls",
  writes: { path: "/routemate/v1/integration-import", times: routes },
  prepare: async ({ sandbox, store }) => {
    const round = `IMPORT-${++attempts}-`;
    const wanted = Array.from({ length: routes }, (_, index) => `${round}${index}`);
    return {
      call: async (server) => {
        for (const name of wanted) {
          const result = await server.call("import_route", routeNamed(name));
          if (!result) return undefined;
          if (result.isError) return { isThrough: false, text: result.text };
        }
        return { isThrough: true, text: "" };
      },
      check: async () => {
        const held = sandbox.jobs.filter(({ external_job_id }) => external_job_id.startsWith(round));
        const findings = compareHoldings(
          wanted,
          held.map(({ external_job_id }) => external_job_id),
        );
        const { items } = await store.writes.list({ tool: "import_route", limit: 500 });
        const done = items.filter(
          ({ state, naturalKey }) => state === "done" && naturalKey?.startsWith(round),
        );
        if (done.length !== routes)
          findings.faults.push(`the ledger has ${done.length} of ${routes} as done`);
        return findings;
      },
    };
  },
};

function routeNamed(name: string) {
  return {
    external_job_id: name,
    title: `Route ${name}`,
    driver_email: "chen.zhiqiang@lingzhi.example",
    stops: [0, 1, 2].map((index) => ({
      external_stop_id: `${name}-${index}`,
      address: `广州市天河区天河路 ${index + 1} 号`,
      latitude: 23.1 + index / 100,
      longitude: 113.3,
    })),
  };
}
