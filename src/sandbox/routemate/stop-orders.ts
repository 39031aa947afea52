import { invalidOrder } from "../faults.ts";
import { isRecord } from "../message.ts";
import type { Job } from "./job.ts";
import type { StopEnd } from "./timeline.ts";

/** How a stop shall end when its driver comes to it, whatever chance would make of it; of any job when none is named. */
export type StopOrder = { externalStopId: string; externalJobId?: string; status: StopEnd["status"] };

/** The stops whose end is ordered. */
export type StopOrders = {
  /** Holds for jobs there are and jobs to come; throws a Failure where such a stop has been tried already. */
  add: (order: StopOrder) => StopOrder;
  list: () => StopOrder[];
  /** What is ordered for a stop of a job, the newest order first. */
  find: (externalJobId: string, externalStopId: string) => StopEnd["status"] | undefined;
};

/** No order yet. `now` is simulated time, milliseconds since the epoch. */
export function createStopOrders({ jobs, now }: { jobs: readonly Job[]; now: () => number }): StopOrders {
  const orders: StopOrder[] = [];
  return {
    add: (order) => {
      const ends = endsOf(jobs, order);
      if (ends.some(({ at }) => at <= now())) {
        throw invalidOrder("external_stop_id", "a stop that its driver has not tried yet");
      }
      for (const end of ends) end.status = order.status;
      orders.unshift(order);
      return order;
    },
    list: () => [...orders],
    find: (externalJobId, externalStopId) =>
      orders.find((order) => isMeant(order, externalJobId) && order.externalStopId === externalStopId)
        ?.status,
  };
}

const fieldNames = ["external_stop_id", "external_job_id", "status"];

/** Reads the body of POST /_stops; a stop fails where nothing else is said. */
export function parseStopOrder(body: unknown): StopOrder {
  if (!isRecord(body)) throw invalidOrder("body", "a JSON object with external_stop_id");
  const stranger = Object.keys(body).find((name) => !fieldNames.includes(name));
  if (stranger !== undefined) throw invalidOrder("each field", `one of ${fieldNames.join(", ")}`);
  const { external_stop_id: externalStopId, external_job_id: externalJobId, status = "failed" } = body;
  if (typeof externalStopId !== "string" || externalStopId === "") {
    throw invalidOrder("external_stop_id", "a stop as it was, or will be, imported");
  }
  if (externalJobId !== undefined && typeof externalJobId !== "string") {
    throw invalidOrder("external_job_id", "a job as it was, or will be, imported");
  }
  if (status !== "failed" && status !== "completed") throw invalidOrder("status", "failed or completed");
  return { externalStopId, status, ...(externalJobId !== undefined && { externalJobId }) };
}

/** The same order as its body has it. */
export function stopOrderBody({ externalStopId, externalJobId, status }: StopOrder) {
  return {
    external_stop_id: externalStopId,
    ...(externalJobId !== undefined && { external_job_id: externalJobId }),
    status,
  };
}

function endsOf(jobs: readonly Job[], order: StopOrder): StopEnd[] {
  return jobs
    .filter(({ request }) => isMeant(order, request.externalJobId))
    .flatMap(({ stops, timeline }) =>
      timeline.ends.filter((_, index) => stops[index]?.externalStopId === order.externalStopId),
    );
}

function isMeant({ externalJobId }: StopOrder, jobId: string): boolean {
  return externalJobId === undefined || externalJobId === jobId;
}
