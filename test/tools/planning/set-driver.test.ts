import { afterAll, beforeAll, expect, test } from "vitest";
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

const set = (license_plate: string, driver_email: string) =>
  client.call("set_driver", { license_plate, driver_email });

test("a driver is set until another is, and the answer says who it was before", async () => {
  const first = await set("粤A12345", "wang@example.com");
  expect(first.data).toEqual({
    license_plate: "粤A12345",
    driver_email: "wang@example.com",
    previous_driver_email: null,
    warnings: [],
  });
  const second = await set("粤A12345", "li@example.com");
  expect(second.data).toMatchObject({ previous_driver_email: "wang@example.com" });
  const { data } = await client.call("get_vehicle", { license_plate: "粤A12345" });
  expect(data["vehicle"]).toMatchObject({ driver_email: "li@example.com" });
  const { vehicles } = (await client.call("list_vehicles", {})).data as {
    vehicles: { license_plate: string; driver_email?: string }[];
  };
  expect(vehicles.filter((vehicle) => vehicle.driver_email !== undefined)).toMatchObject([
    { license_plate: "粤A12345", driver_email: "li@example.com" },
  ]);
});

test("a driver of another vehicle, in whatever case he is written, is warned of", async () => {
  await set("粤A11111", "chen@example.com");
  const { data, isError } = await set("粤A12345", "Chen@Example.com");
  expect(isError).toBe(false);
  expect(String(data["warnings"])).toContain("粤A11111");
});

test("a plate that the ERP does not know is set with a warning", async () => {
  const { data, isError } = await set("粤Z00000", "zhao@example.com");
  expect(isError).toBe(false);
  expect(String(data["warnings"])).toContain("粤Z00000");
});

test("a vehicle's name is no plate: it is refused with the plate that it has", async () => {
  const { data, text, isError } = await set("大卡车", "zhao@example.com");
  expect(isError, text).toBe(true);
  expect(data).toMatchObject({ error: { code: "invalid_input", hint: expect.stringContaining("粤A12345") } });
});

test("an ERP that does not answer stops nobody from setting a driver", async () => {
  sandbox.addFault({ vendor: "fleet", kind: "forbidden" });
  const { data, isError, text } = await set("粤A12345", "sun@example.com");
  expect(isError, text).toBe(false);
  expect(String(data["warnings"])).toContain("could not be asked");
});

test.each(["", "wang", "Wang <wang@example.com>", "a@example.com,b@example.com", "a b@example.com"])(
  "what is no e-mail address is refused: %s",
  async (email) => {
    const { data } = await set("粤A12345", email);
    expect(data).toMatchObject({ error: { code: "invalid_input", fields: ["driver_email"] } });
  },
);

test("vehicles as list_vehicles gives them, drivers included, are what plan_load takes", async () => {
  await set("粤A12345", "wang@example.com");
  const { vehicles } = (await client.call("list_vehicles", {})).data;
  const made = await client.call("plan_load", { area: "天河", vehicles, time_limit_seconds: 1 });
  expect(made.isError, made.text).toBe(false);
});
