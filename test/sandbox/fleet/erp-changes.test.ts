import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";

async function openErp() {
  const sandbox = await startSandbox({ timeScale: 0 });
  onTestFinished(() => sandbox.close());
  const {
    FLEET_BASE_URL: base,
    FLEET_ACCESS_KEY: key = "",
    FLEET_MERCHANT_ID: merchant,
  } = sandbox.environment;
  const list = async (path: string) => {
    const response = await fetch(`${base}${path}merchant_id=${merchant}&limit=100`, {
      headers: { authorization: key },
    });
    return ((await response.json()) as { results: Record<string, unknown>[] }).results;
  };
  const change = async (order: object) => {
    const response = await fetch(`${sandbox.url}/_fleet`, { method: "POST", body: JSON.stringify(order) });
    return { status: response.status, body: await response.json() };
  };
  const area = encodeURIComponent("天河");
  return {
    change,
    shipments: () => list(`/shipments/unshipped/?area=${area}&`),
    vehicles: () => list("/transport-vehicles/?"),
  };
}

test("a shipment can be changed, by the names of its lines, and be taken away", async () => {
  const { change, shipments } = await openErp();
  const [first, second] = (await shipments()) as [Record<string, unknown>, Record<string, unknown>];
  const [line] = first["sales_items"] as [{ name: string }];
  const order = { address: "新地址 1 号", sales_items: [{ name: line.name, quantity: "99.00" }] };
  expect((await change({ shipment_id: first["id"], change: order })).status).toBe(200);
  expect((await change({ shipment_id: second["id"], change: null })).body).toBeNull();
  const now = await shipments();
  expect(now[0]).toMatchObject({
    id: first["id"],
    address: "新地址 1 号",
    customer_name: first["customer_name"],
    sales_items: expect.arrayContaining([expect.objectContaining({ name: line.name, quantity: "99.00" })]),
  });
  expect(now.map(({ id }) => id)).not.toContain(second["id"]);
});

test("a vehicle can be given other room, and be taken away", async () => {
  const { change, vehicles } = await openErp();
  const [first, second] = (await vehicles()) as [Record<string, unknown>, Record<string, unknown>];
  const capacities = first["material_capacities"] as { material_name: string; capacity: number }[];
  const [room] = capacities;
  const order = { material_capacities: [{ material_name: room?.material_name, capacity: 7 }] };
  await change({ license_plate: first["license_plate"], change: order });
  await change({ license_plate: second["license_plate"], change: null });
  const now = await vehicles();
  expect(now[0]?.["material_capacities"]).toMatchObject([{ capacity: 7 }, ...capacities.slice(1)]);
  expect(now.map((vehicle) => vehicle["license_plate"])).not.toContain(second["license_plate"]);
});

test.each([
  [{ shipment_id: -1, change: null }, "shipment_id"],
  [{ license_plate: "粤Z", change: {} }, "license_plate"],
  [{ shipment_id: 1001, change: "gone" }, "change"],
])("a wrong order is refused by its field: %o", async (order, field) => {
  const { status, body } = await (await openErp()).change(order);
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: expect.stringContaining(field) });
});
