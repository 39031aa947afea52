import { describe, expect, test } from "vitest";
import type { StopAnswer } from "../../../src/sandbox/routemate/answers.ts";
import { accessToken, call, importRoute, post, runningSandbox } from "../running-sandbox.ts";
import { closedRoute } from "./sample-route.ts";

const sandbox = runningSandbox();
const day = 24 * 3600;

const importJob = async (externalJobId: string) =>
  importRoute(sandbox(), closedRoute(externalJobId), { token: await accessToken(sandbox()) });
const order = (body: unknown) => post(`${sandbox().url}/_stops`, body);

/** How the stops of a job have ended, by stop. */
function endsOf(externalJobId: string): Record<string, string> {
  const stops = sandbox().jobs.find((job) => job.external_job_id === externalJobId)?.stops ?? [];
  return Object.fromEntries(
    stops.map(({ external_stop_id, status }: StopAnswer) => [external_stop_id, status]),
  );
}

describe("the end of a stop", () => {
  test("is as ordered before its import, in every job", async () => {
    const body = { external_stop_id: "S-2", status: "failed" };
    expect(await order({ external_stop_id: "S-2" })).toMatchObject({ status: 200, body });
    await importJob("A");
    await importJob("B");
    sandbox().advance(day);
    expect([endsOf("A")["S-2"], endsOf("B")["S-2"]]).toEqual(["failed", "failed"]);
  });

  test("is as ordered after its import, in the job that is named alone, and not before its driver comes", async () => {
    await importJob("A");
    await importJob("B");
    for (const stop of ["S-1", "S-2", "S-3"]) await order({ external_stop_id: stop, status: "completed" });
    await order({ external_stop_id: "S-1", external_job_id: "B" });
    expect(endsOf("B")["S-1"]).toBe("pending");
    sandbox().advance(day);
    expect(endsOf("A")).toMatchObject({ "S-1": "completed", "S-2": "completed", "S-3": "completed" });
    expect(endsOf("B")).toMatchObject({ "S-1": "failed", "S-2": "completed", "S-3": "completed" });
    expect((await call(`${sandbox().url}/_stops`)).body.stops).toHaveLength(4);
  });

  test("can't be ordered once the stop was tried", async () => {
    await importJob("A");
    sandbox().advance(day);
    const before = endsOf("A");
    const { status, body } = await order({ external_stop_id: "S-1" });
    expect({ status, error: body.error }).toEqual({
      status: 400,
      error: expect.stringContaining("not tried yet"),
    });
    expect(endsOf("A")).toEqual(before);
  });

  test.each([
    [[], "body"],
    [{}, "external_stop_id"],
    [{ external_stop_id: 7 }, "external_stop_id"],
    [{ external_stop_id: "S-1", external_job_id: 7 }, "external_job_id"],
    [{ external_stop_id: "S-1", status: "pending" }, "status"],
    [{ external_stop_id: "S-1", kind: "late" }, "each field must be one of"],
  ])("is not ordered by %j, and what is wrong is named", async (body, name) => {
    const answer = await order(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(name);
  });
});
