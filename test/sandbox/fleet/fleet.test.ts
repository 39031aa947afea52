import { describe, expect, test } from "vitest";
import { seedFactory } from "../../../src/sandbox/fleet/seed/factory.ts";
import { call, fleet, runningSandbox, startedAt, unshipped, variable } from "../running-sandbox.ts";

const sandbox = runningSandbox();

describe("authentication", () => {
  test.each([
    ["no key", {}],
    ["a wrong key", { authorization: "wrong" }],
  ])("%s is a 401", async (_, headers) => {
    const url = `${variable(sandbox(), "FLEET_BASE_URL")}/transport-vehicles/?merchant_id=10`;
    const { status, body } = await call(url, { headers });
    expect({ status, body }).toEqual({ status: 401, body: { detail: expect.any(String) } });
  });

  test("the right key behind Bearer is a 401", async () => {
    const authorization = `Bearer ${variable(sandbox(), "FLEET_ACCESS_KEY")}`;
    const { status } = await fleet(sandbox(), "/transport-vehicles/?merchant_id=10", { authorization });
    expect(status).toBe(401);
  });
});

describe("vehicles", () => {
  test("a page has the shape of the document", async () => {
    const { status, body } = await fleet(sandbox(), "/transport-vehicles/?merchant_id=10");
    expect(status).toBe(200);
    expect(body).toMatchObject({ count: 8, next: null, previous: null });
    expect(body.results[0]).toEqual({
      id: expect.any(Number),
      merchant_id: 10,
      name: "大卡车",
      license_plate: "粤A12345",
      material_capacities: [
        { id: expect.any(Number), material_name: "坯布", capacity: 500 },
        { id: expect.any(Number), material_name: "成品", capacity: 300 },
        { id: expect.any(Number), material_name: "辅料", capacity: 400 },
      ],
      created_at: "2026-04-01T08:00:00+08:00",
      updated_at: "2026-04-01T08:00:00+08:00",
    });
  });

  test("one vehicle is found by its percent-encoded plate", async () => {
    const { status, body } = await fleet(sandbox(), "/transport-vehicles/%E7%B2%A4A12345/?merchant_id=10");
    expect(status).toBe(200);
    expect(body).toMatchObject({ merchant_id: 10, license_plate: "粤A12345", name: "大卡车" });
  });

  test("the same plate of another merchant is another vehicle", async () => {
    const { body } = await fleet(sandbox(), "/transport-vehicles/%E7%B2%A4A12345/?merchant_id=11");
    expect(body).toMatchObject({ merchant_id: 11, license_plate: "粤A12345" });
    expect(body.name).not.toBe("大卡车");
  });

  test.each(["%E7%B2%A4A00000", "%E7%B2"])("the unknown plate %s is a 404", async (plate) => {
    const { status, body } = await fleet(sandbox(), `/transport-vehicles/${plate}/?merchant_id=10`);
    expect({ status, body }).toEqual({ status: 404, body: { detail: expect.any(String) } });
  });
});

describe("parameters", () => {
  test.each([
    "/transport-vehicles/?limit=5",
    "/transport-vehicles/?merchant_id=",
    "/transport-vehicles/?merchant_id=ten",
    "/transport-vehicles/%E7%B2%A4A12345/",
    "/shipments/unshipped/?merchant_id=10",
    "/shipments/unshipped/?merchant_id=10&area=",
    "/shipments/unshipped/?area=%E5%A4%A9%E6%B2%B3",
    "/transport-vehicles/?merchant_id=10&limit=0",
    "/transport-vehicles/?merchant_id=10&limit=many",
    "/transport-vehicles/?merchant_id=10&offset=-1",
  ])("%s is a 400", async (path) => {
    const { status, body } = await fleet(sandbox(), path);
    expect({ status, body }).toEqual({ status: 400, body: { detail: expect.any(String) } });
  });

  test("an area must be exactly the same text", async () => {
    const { body } = await fleet(sandbox(), "/shipments/unshipped/?merchant_id=10&area=%E5%A4%A9");
    expect(body).toMatchObject({ count: 0, results: [] });
  });

  test("a merchant that does not exist has nothing", async () => {
    const { body } = await fleet(sandbox(), "/transport-vehicles/?merchant_id=12");
    expect(body).toMatchObject({ count: 0, results: [] });
  });
});

describe("paging", () => {
  const path = "/transport-vehicles/?merchant_id=10";

  test("pages add up to the whole, each vehicle once", async () => {
    const plates: string[] = [];
    let next: string | null = `${variable(sandbox(), "FLEET_BASE_URL")}${path}&limit=3`;
    const authorization = variable(sandbox(), "FLEET_ACCESS_KEY");
    while (next) {
      const { body } = await call(next, { headers: { authorization } });
      expect(body.count).toBe(8);
      plates.push(...body.results.map((vehicle: { license_plate: string }) => vehicle.license_plate));
      next = body.next;
    }
    expect(plates).toHaveLength(8);
    expect(new Set(plates).size).toBe(8);
  });

  test("a page in the middle names the page before and the page after", async () => {
    const { body } = await fleet(sandbox(), `${path}&limit=3&offset=3`);
    expect(new URL(body.next).searchParams.get("offset")).toBe("6");
    expect(new URL(body.previous).searchParams.get("offset")).toBe("0");
    expect(new URL(body.next).searchParams.get("merchant_id")).toBe("10");
  });

  test("a page behind the end is empty", async () => {
    const { body } = await fleet(sandbox(), `${path}&offset=500`);
    expect(body).toMatchObject({ count: 8, next: null, results: [] });
  });

  test("without a limit the server gives 20 at most", async () => {
    const { body } = await fleet(sandbox(), "/shipments/unshipped/?merchant_id=10&area=天河");
    expect(body.results).toHaveLength(20);
    expect(body.count).toBe(30);
    expect(body.next).not.toBeNull();
  });

  test("a limit above 25 is capped, and the next page starts where the capped one ends", async () => {
    const { body } = await fleet(sandbox(), "/shipments/unshipped/?merchant_id=10&area=天河&limit=1000");
    expect(body.results).toHaveLength(25);
    expect(new URL(body.next).searchParams.get("offset")).toBe("25");
  });
});

describe("unshipped shipments", () => {
  test("a shipment has the shape of the document", async () => {
    const shipments = await unshipped(sandbox(), "天河");
    expect(shipments).toHaveLength(30);
    for (const shipment of shipments) {
      expect(new Set(Object.keys(shipment))).toEqual(new Set(documentShipmentKeys));
      expect(shipment).toMatchObject({
        merchant_id: 10,
        area: "天河",
        delivery: null,
        shipment_date: "2026-04-14",
      });
    }
    for (const item of shipments.flatMap(({ sales_items }) => sales_items)) {
      expect(new Set(Object.keys(item))).toEqual(new Set(documentItemKeys));
      expect(item.quantity).toMatch(/^\d+\.\d{2}$/);
    }
  });

  test("shipments that have left and items that were deleted are not in it", async () => {
    const { shipments } = seedFactory({ seed: 1, startedAt }).records;
    const hidden = {
      shipments: shipments.filter(({ delivery }) => delivery !== null).map(({ id }) => id),
      items: shipments
        .flatMap(({ sales_items }) => sales_items.filter(({ isDeleted }) => isDeleted))
        .map(({ id }) => id),
    };
    for (const area of ["天河", "番禺", "白云", "佛山"]) {
      const served = await unshipped(sandbox(), area);
      expect(served.filter(({ id }) => hidden.shipments.includes(id))).toEqual([]);
      const items = served.flatMap(({ sales_items }) => sales_items);
      expect(items.filter(({ id }) => hidden.items.includes(id))).toEqual([]);
    }
  });

  test("the newest come first", async () => {
    const shipments = await unshipped(sandbox(), "白云");
    const times = shipments.map(({ created_at }) => Date.parse(created_at));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test("another merchant's shipments in the same area stay its own", async () => {
    const ours = await unshipped(sandbox(), "天河");
    const theirs = await unshipped(sandbox(), "天河", 11);
    expect(theirs.length).toBeGreaterThan(0);
    expect(ours.every(({ merchant_id }) => merchant_id === 10)).toBe(true);
    expect(theirs.every(({ merchant_id }) => merchant_id === 11)).toBe(true);
  });
});

test.each(["POST", "PUT", "PATCH", "DELETE"])("%s is a 405, for nothing can be written", async (method) => {
  const url = `${variable(sandbox(), "FLEET_BASE_URL")}/transport-vehicles/?merchant_id=10`;
  const authorization = variable(sandbox(), "FLEET_ACCESS_KEY");
  const { status, body, headers } = await call(url, { method, headers: { authorization } });
  expect({ status, body }).toEqual({ status: 405, body: { detail: expect.any(String) } });
  expect(headers.get("allow")).toBe("GET");
});

test.each(["/transport-vehicles?merchant_id=10", "/shipments/unshipped?merchant_id=10", "/vehicles/"])(
  "%s, which is not one of the document's paths, is a 404",
  async (path) => {
    const { status, body } = await fleet(sandbox(), path);
    expect({ status, body }).toEqual({ status: 404, body: { detail: expect.any(String) } });
  },
);

/** fleet.txt, Shipment(出货单). */
const documentShipmentKeys = [
  ...["id", "merchant_id", "customer", "customer_name", "shipment_date", "address", "contact_name"],
  ...["contact_phone", "area", "remark", "status", "status_display", "external_id", "geo_coordinates"],
  ...["delivery", "sales_items", "created_at", "updated_at"],
];
const documentItemKeys = [
  ...["id", "name", "quantity", "unit", "unit_display", "position", "remark", "printing_job_id"],
  "printing_job_width",
];
