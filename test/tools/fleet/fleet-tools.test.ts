import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox.ts";
import { connectStdio, type TestClient } from "../../support/clients.ts";

let sandbox: Sandbox;
let client: TestClient;
beforeAll(async () => {
  sandbox = await startSandbox({ timeScale: 0 });
  client = await connectStdio("v2 auto", { env: sandbox.environment });
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});

/** Follows next_cursor to the end. */
async function readAll(
  name: string,
  args: Record<string, unknown>,
  noun: string,
): Promise<Record<string, unknown>[]> {
  const entries: Record<string, unknown>[] = [];
  let cursor: unknown;
  do {
    const { data, isError, text } = await client.call(name, {
      ...args,
      ...(cursor !== undefined && { cursor }),
    });
    expect(isError, text).toBe(false);
    entries.push(...(Array.isArray(data[noun]) ? data[noun] : []));
    cursor = data["next_cursor"];
  } while (cursor !== undefined);
  return entries;
}

describe("list_unshipped_shipments", () => {
  test.each([1, 7, 50])("gives every shipment of an area once, by pages of %i", async (limit) => {
    const shipments = await readAll("list_unshipped_shipments", { area: "天河", limit }, "shipments");
    const ids = shipments.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const { data } = await client.call("list_unshipped_shipments", { area: "天河" });
    expect(ids.length).toBe(data["total"]);
  });

  test("gives quantities as exact text and a missing position as null", async () => {
    const areas = (sandbox.environment["FLEET_AREAS"] ?? "").split(",");
    const all = (
      await Promise.all(areas.map((area) => readAll("list_unshipped_shipments", { area }, "shipments")))
    ).flat();
    expect(all).toHaveLength(120);
    for (const { sales_items } of all) {
      for (const { quantity } of sales_items as { quantity: unknown }[])
        expect(quantity).toMatch(/^\d+(\.\d+)?$/);
    }
    expect(all.some(({ geo_coordinates }) => geo_coordinates === null)).toBe(true);
  });

  test("says that an area which has none may be spelled wrong", async () => {
    const { data, text } = await client.call("list_unshipped_shipments", { area: "火星" });
    expect(data["shipments"]).toEqual([]);
    expect(text).toContain("spelled");
  });

  test("refuses a cursor that it did not give", async () => {
    const { data } = await client.call("list_unshipped_shipments", { area: "天河", cursor: "bmV4dA" });
    expect(data).toMatchObject({ error: { code: "invalid_input", fields: ["cursor"] } });
  });
});

describe("vehicles", () => {
  test("are listed and found by plate alike", async () => {
    const vehicles = await readAll("list_vehicles", { limit: 3 }, "vehicles");
    expect(vehicles).toHaveLength(8);
    const { data } = await client.call("get_vehicle", { license_plate: "粤A12345" });
    expect(data["vehicle"]).toEqual(vehicles.find(({ license_plate }) => license_plate === "粤A12345"));
  });

  test.each([
    ["an unknown plate", { license_plate: "粤Z00000" }, "not_found"],
    ["a plate that climbs out of its path", { license_plate: "../shipments/unshipped" }, "invalid_input"],
    ["a plate with control characters", { license_plate: "粤A\u0000" }, "invalid_input"],
    ["another merchant", { license_plate: "粤A12345", merchant_id: 99 }, "forbidden"],
  ])("answers %s with the contract's error", async (_, args, code) => {
    const { data } = await client.call("get_vehicle", args);
    expect(data).toMatchObject({ error: { code } });
    expect(sandbox.requests.at(-1)?.path ?? "").not.toContain("..");
  });
});

describe("a fault of the ERP", () => {
  test.each([
    ["error_500_before", "unavailable"],
    ["html", "unavailable"],
    ["cut", "bad_response"],
    ["not_json", "bad_response"],
    ["wrong_shape", "bad_response"],
    ["huge", "bad_response"],
    ["unauthorized", "unauthorized"],
    ["forbidden", "forbidden"],
    ["answer_lost", "unavailable"],
  ] as const)("%s is told as %s, and the next call works", async (kind, code) => {
    sandbox.addFault({ vendor: "fleet", kind, count: 8 });
    const { data, text } = await client.call("list_vehicles", {});
    expect(data, text).toMatchObject({ error: { code, vendor: "fleet" } });
    expect(text).not.toContain(sandbox.environment["FLEET_ACCESS_KEY"]);
    await fetch(`${sandbox.url}/_faults`, { method: "DELETE" });
    expect((await client.call("list_vehicles", {})).isError).toBe(false);
  });

  test("that passes is retried without anyone noticing", async () => {
    sandbox.addFault({ vendor: "fleet", kind: "error_500_before", count: 1 });
    expect((await client.call("list_vehicles", {})).isError).toBe(false);
  });
});
