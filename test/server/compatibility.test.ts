import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ClientKind,
  clientKinds,
  connectHttp,
  connectStdio,
  type TestClient,
} from "../support/clients.ts";
import { longPlan } from "../support/long-plan.ts";
import { type HttpServerProcess, startHttpServer } from "../support/server-process.ts";
import { largeDay, smallDay } from "../support/small-day.ts";

let httpServer: HttpServerProcess;
beforeAll(async () => {
  httpServer = await startHttpServer();
});
afterAll(() => httpServer.stop());

const transports = ["stdio", "http"] as const;
const combinations = transports.flatMap((transport) => clientKinds.map((kind) => ({ transport, kind })));

async function withClient(
  { transport, kind }: { transport: (typeof transports)[number]; kind: ClientKind },
  use: (client: TestClient) => Promise<void>,
): Promise<void> {
  const client = transport === "stdio" ? await connectStdio(kind) : await connectHttp(kind, httpServer.url);
  try {
    await use(client);
  } finally {
    await client.close();
  }
}

describe.each(combinations)("a $kind client on $transport", (combination) => {
  test("plans, reads the plan back and sees it as a resource", () =>
    withClient(combination, async (client) => {
      expect(client.instructions).toContain("plan_load");
      const names = (await client.listTools()).map(({ name }) => name);
      expect(names).toEqual([
        "plan_load",
        "get_plan",
        "list_plans",
        "revise_plan",
        "compare_plans",
        "render_plan",
        "plan_report",
        "list_writes",
        "release_shipments",
        "set_driver",
        "list_material_rules",
        "set_material_rule",
      ]);
      const planned = await client.call("plan_load", smallDay);
      expect(planned.isError).toBe(false);
      const again = await client.call("get_plan", { plan_id: planned.data["plan_id"] });
      expect(again.data["routes"]).toEqual(planned.data["routes"]);
      const { resources } = await client.raw.listResources();
      expect(resources.map(({ uri }) => uri)).toContain(`waybill://plans/${planned.data["plan_id"]}`);
    }));

  test("gets the contract's error for a wrong argument, not a protocol error", () =>
    withClient(combination, async (client) => {
      const result = await client.call("get_plan", { plan_id: "plan-1", colour: "red" });
      expect(result.isError).toBe(true);
      expect(result.data).toMatchObject({ error: { code: "invalid_input", fields: ["colour"] } });
    }));

  test("sees progress grow while a plan is made", () =>
    withClient(combination, async (client) => {
      const progress: number[] = [];
      await client.call(
        "plan_load",
        { ...largeDay(300), time_limit_seconds: 15 },
        { onprogress: (step) => progress.push(step.progress) },
      );
      expect(progress.length).toBeGreaterThan(2);
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    }));

  test("cancels a plan, after which the server answers at once and keeps nothing of it", () =>
    withClient(combination, async (client) => {
      const before = await client.call("list_plans", {});
      const abort = new AbortController();
      const call = client.call("plan_load", longPlan.arguments, {
        signal: abort.signal,
        onprogress: ({ progress }) => progress > 0.05 && abort.abort(),
      });
      await expect(call).rejects.toThrow();
      const after = await client.call("list_plans", {});
      expect(after.data["total"]).toBe(before.data["total"]);
    }));
});
