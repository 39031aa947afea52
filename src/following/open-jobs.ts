import type { App } from "../app.ts";
import { finalKinds } from "./job-events.ts";

/** So many of the jobs that were sent last are watched: weeks of dispatching, whatever the clocks say. */
const mostJobs = 500;

/** The vendor's names of jobs that were sent from this state and are not known to be over, newest first. */
export async function openJobs(app: App): Promise<string[]> {
  const { routeImports, events } = await app.store();
  const sent = await routeImports.jobs(mostJobs);
  const over = await events.about({ vendor: "routemate", kinds: finalKinds, name: "jobId", values: sent });
  return sent.filter((jobId) => !over.has(jobId));
}
