import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox.ts";
import { connectStdio, type TestClient } from "../../support/clients.ts";
import { exampleImport } from "../../support/example-calls.ts";

let sandbox: Sandbox;
let folder: string;
let client: TestClient;

beforeEach(async () => {
  sandbox = await startSandbox({ timeScale: 0 });
  folder = mkdtempSync(join(tmpdir(), "waybill-test-"));
  client = await start();
});
afterEach(async () => {
  await client.close();
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** A server process on the test's state file: starting it again is a restart. */
function start(): Promise<TestClient> {
  return connectStdio("v2 auto", {
    env: { ...sandbox.environment, WAYBILL_STATE: join(folder, "state.sqlite") },
  });
}

const importsAtVendor = () =>
  sandbox.requests.filter(({ path }) => path.endsWith("/integration-import")).length;

describe("import_route", () => {
  test("gives the vendor's answer, and its repeat the same answer without another request", async () => {
    const first = await client.call("import_route", exampleImport("JOB-A"));
    expect(first.data).toMatchObject({ external_job_id: "JOB-A", stops_imported: 3 });
    expect(first.data["repeated"]).toBeUndefined();
    const sent = importsAtVendor();
    const second = await client.call("import_route", exampleImport("JOB-A"));
    expect(second.data).toEqual({ ...first.data, repeated: true });
    expect(importsAtVendor()).toBe(sent);
    expect(sandbox.jobs).toHaveLength(1);
  });

  test.each(["answer_lost", "error_500_after", "cut", "html", "not_json"] as const)(
    "makes one job when the answer is %s after the vendor has committed",
    async (kind) => {
      sandbox.addFault({ vendor: "routemate", endpoint: "POST /v1/integration-import", kind });
      const first = await client.call("import_route", exampleImport("JOB-B"));
      const second = first.isError ? await client.call("import_route", exampleImport("JOB-B")) : first;
      expect(second.data, second.text).toMatchObject({ external_job_id: "JOB-B", stops_imported: 3 });
      expect(sandbox.jobs).toHaveLength(1);
      const third = await client.call("import_route", exampleImport("JOB-B"));
      expect(third.data).toMatchObject({ job_id: second.data["job_id"], repeated: true });
    },
  );

  test("makes one job when the server is killed in between and started again", async () => {
    sandbox.addFault({
      vendor: "routemate",
      endpoint: "POST /v1/integration-import",
      kind: "late",
      delaySeconds: 30,
    });
    const lost = client.call("import_route", exampleImport("JOB-C"));
    lost.catch(() => {});
    await expect.poll(importsAtVendor, { timeout: 10_000 }).toBe(1);
    killServer(client);
    await expect(lost).rejects.toThrow();

    client = await start();
    const again = await client.call("import_route", exampleImport("JOB-C"));
    expect(again.data, again.text).toMatchObject({ external_job_id: "JOB-C", stops_imported: 3 });
    expect(sandbox.jobs).toHaveLength(1);
    const repeat = await client.call("import_route", exampleImport("JOB-C"));
    expect(repeat.data).toMatchObject({ job_id: again.data["job_id"], repeated: true });
  });

  test("remembers a request_id across restarts", async () => {
    const args = { ...exampleImport("JOB-D"), request_id: "monday-1" };
    const first = await client.call("import_route", args);
    await client.close();
    client = await start();
    const second = await client.call("import_route", args);
    expect(second.data).toEqual({ ...first.data, repeated: true });
    expect(sandbox.jobs).toHaveLength(1);
  });

  test("refuses other arguments under a used request_id", async () => {
    await client.call("import_route", { ...exampleImport("JOB-E"), request_id: "monday-1" });
    const other = await client.call("import_route", { ...exampleImport("JOB-F"), request_id: "monday-1" });
    expect(other.data).toMatchObject({ error: { code: "conflict" } });
    expect(sandbox.jobs).toHaveLength(1);
  });

  test("refuses an idempotency_key that was used for another route", async () => {
    await client.call("import_route", { ...exampleImport("JOB-G"), idempotency_key: "batch-1" });
    const other = await client.call("import_route", {
      ...exampleImport("JOB-H"),
      idempotency_key: "batch-1",
    });
    expect(other.data).toMatchObject({ error: { code: "conflict", fields: ["idempotency_key"] } });
    expect(sandbox.jobs.map((job) => job.external_job_id)).toEqual(["JOB-G"]);
  });

  test("sends nothing when a stop is wrong, and names it", async () => {
    const wrong = exampleImport("JOB-I");
    const stops = [...wrong.stops, { external_stop_id: "ORD-1001", address: "again", latitude: 23 }];
    const result = await client.call("import_route", { ...wrong, stops });
    expect(result.data).toMatchObject({ error: { code: "invalid_input" } });
    expect(importsAtVendor()).toBe(0);
  });

  test("tells a refusal and lets the corrected call through", async () => {
    await client.call("import_route", exampleImport("JOB-J"));
    const taken = await client.call("import_route", { ...exampleImport("JOB-J"), title: "Another route" });
    expect(taken.data).toMatchObject({ error: { code: "conflict", fields: ["external_job_id"] } });
    expect(sandbox.jobs).toHaveLength(1);
    const corrected = await client.call("import_route", {
      ...exampleImport("JOB-K"),
      title: "Another route",
    });
    expect(corrected.isError, corrected.text).toBe(false);
    expect(sandbox.jobs).toHaveLength(2);
  });

  test("says that nothing was sent when the vendor can't be reached, and sends when it can", async () => {
    const args = { ...exampleImport("JOB-N"), request_id: "monday-2" };
    const away = await connectStdio("v2 auto", {
      env: {
        ...sandbox.environment,
        ROUTEMATE_BASE_URL: "http://127.0.0.1:1/v1",
        WAYBILL_STATE: join(folder, "state.sqlite"),
      },
    });
    const refused = await away.call("import_route", args);
    expect(refused.data, refused.text).toMatchObject({ error: { code: "unavailable", vendor: "routemate" } });
    await away.close();
    const sent = await client.call("import_route", args);
    expect(sent.isError, sent.text).toBe(false);
    expect(sent.data["repeated"]).toBeUndefined();
  });

  test("tells stops that have no place on the map as a partial success", async () => {
    const route = exampleImport("JOB-L");
    const result = await client.call("import_route", {
      ...route,
      stops: [...route.stops, { external_stop_id: "ORD-X", address: "?" }],
    });
    expect(result.isError, result.text).toBe(false);
    expect(result.data).toMatchObject({ stops_imported: 4, stops_geocode_failed: 1 });
    expect(result.text).toContain("1 stops have no place");
  });

  test("keeps an import of 200 stops within the size of an answer", async () => {
    const stops = Array.from({ length: 200 }, (_, index) => ({
      external_stop_id: `ORD-${index}`,
      address: `广州市天河区天河路 ${index + 1} 号`,
      latitude: 23.1 + index / 1000,
      longitude: 113.3,
    }));
    const result = await client.call("import_route", { ...exampleImport("JOB-M"), stops });
    expect(result.isError, result.text).toBe(false);
    expect(result.data["stops_imported"]).toBe(200);
    expect(Number(result.data["stops_omitted"])).toBeGreaterThan(0);
    const job = await client.call("get_route_job", { external_job_id: "JOB-M" });
    expect(job.data["next_cursor"]).toBeTypeOf("string");
  });
});

function killServer({ raw }: TestClient): void {
  const transport = raw.transport;
  if (!transport || !("pid" in transport) || typeof transport.pid !== "number")
    throw new Error("no server process");
  process.kill(transport.pid, "SIGKILL");
}
