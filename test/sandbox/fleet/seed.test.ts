import { describe, expect, test } from "vitest";
import type { ShipmentRecord, VehicleRecord } from "../../../src/sandbox/fleet/records.ts";
import { depot, merchantId, seedFactory } from "../../../src/sandbox/fleet/seed/factory.ts";
import { startedAt } from "../running-sandbox.ts";

const seeds = [1, 2, 7, 42, 2026];

describe.each(seeds)("the factory of seed %i", (seed) => {
  const { records, areaNames } = seedFactory({ seed, startedAt });
  const vehicles = records.vehicles.filter((vehicle) => vehicle.merchant_id === merchantId);
  const ours = records.shipments.filter((shipment) => shipment.merchant_id === merchantId);
  const unshipped = ours.filter(({ delivery }) => delivery === null);

  test("has 8 different vehicles, 3 materials, 4 areas and 120 unshipped shipments", () => {
    expect(new Set(vehicles.map(({ license_plate }) => license_plate)).size).toBe(8);
    const names = vehicles.flatMap((vehicle) => vehicle.material_capacities.map((one) => one.material_name));
    expect(new Set(names)).toEqual(new Set(["坯布", "成品", "辅料"]));
    expect(areaNames).toEqual(["天河", "番禺", "白云", "佛山"]);
    expect(unshipped).toHaveLength(120);
    for (const area of areaNames) expect(unshipped.filter((one) => one.area === area)).toHaveLength(30);
  });

  test("has an id for each shipment and item, and a plate for each vehicle of a merchant", () => {
    const ids = records.shipments.map(({ id }) => id);
    const itemIds = records.shipments.flatMap(({ sales_items }) => sales_items.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(itemIds).size).toBe(itemIds.length);
  });

  test("has exactly one shipment that is larger than any vehicle", () => {
    const oversize = unshipped.filter((shipment) => !vehicles.some((vehicle) => fits([shipment], vehicle)));
    expect(oversize).toHaveLength(1);
    expect(oversize[0]).toMatchObject({ area: "番禺", sales_items: [{ quantity: "620.00" }] });
  });

  test("has shipments without coordinates, some of them without a real address", () => {
    const unlocated = unshipped.filter(({ geo_coordinates }) => geo_coordinates === null);
    expect(unlocated).toHaveLength(6);
    expect(unlocated.filter(({ address }) => address.includes("待确认"))).toHaveLength(2);
  });

  test("has items that no material's name is in, and one that two are in", () => {
    const items = unshipped.flatMap(({ sales_items }) => sales_items.filter(({ isDeleted }) => !isDeleted));
    const matches = items.map(({ name }) => materialsIn(name).length);
    expect(matches.filter((count) => count === 0)).toHaveLength(8);
    expect(matches.filter((count) => count === 2)).toHaveLength(1);
    expect(
      items.some(({ name, printing_job_id }) => printing_job_id !== null && materialsIn(name).length === 0),
    ).toBe(true);
    expect(items.some(({ printing_job_width }) => printing_job_width === "150cm")).toBe(true);
  });

  test("has fractions of rolls, shipments of several items and customers with several shipments", () => {
    const items = unshipped.flatMap(({ sales_items }) => sales_items);
    expect(items.some(({ quantity }) => quantity.endsWith(".50"))).toBe(true);
    expect(unshipped.some(({ sales_items }) => sales_items.length > 1)).toBe(true);
    const doors = Map.groupBy(unshipped, ({ customer, address }) => `${customer} ${address}`);
    expect([...doors.values()].filter((shipments) => shipments.length > 1)).toHaveLength(24);
  });

  test("has customers within 60 km of the depot, spread over their area", () => {
    const places = unshipped.map(({ geo_coordinates }) => geo_coordinates).filter((place) => place !== null);
    for (const { lat, lng } of places) {
      expect(Math.hypot((lat - depot.lat) * 111, (lng - depot.lng) * 102)).toBeLessThan(60);
    }
    expect(new Set(places.map(({ lat, lng }) => `${lat} ${lng}`)).size).toBeGreaterThan(80);
  });

  test.each(["天河", "番禺", "白云", "佛山"])("has work for three to five vehicles in %s", (area) => {
    const possible = unshipped.filter(
      (one) => one.area === area && vehicles.some((vehicle) => fits([one], vehicle)),
    );
    expect(fewestVehicles(possible, vehicles)).toBeGreaterThanOrEqual(3);
    expect(firstFit(possible, vehicles)).toBeLessThanOrEqual(5);
  });
});

test("the same seed on the same day gives the same factory", () => {
  const morning = seedFactory({ seed: 1, startedAt });
  const evening = seedFactory({ seed: 1, startedAt: startedAt + 10 * 3_600_000 });
  expect(evening).toEqual(morning);
});

test("another seed gives another factory", () => {
  const one = seedFactory({ seed: 1, startedAt }).records.shipments;
  const other = seedFactory({ seed: 2, startedAt }).records.shipments;
  expect(other).not.toEqual(one);
});

test("some shipments have left and some items are deleted, so that there is something to leave out", () => {
  const { shipments } = seedFactory({ seed: 1, startedAt }).records;
  expect(shipments.some(({ delivery }) => delivery !== null)).toBe(true);
  expect(shipments.some(({ sales_items }) => sales_items.some(({ isDeleted }) => isDeleted))).toBe(true);
});

function materialsIn(name: string): string[] {
  return ["坯布", "成品", "辅料"].filter((material) => name.includes(material));
}

/** Rolls of each material; what is of no one material is of none. */
function rollsOf(shipments: readonly ShipmentRecord[]): Map<string, number> {
  const rolls = new Map<string, number>();
  for (const { name, quantity } of shipments.flatMap(({ sales_items }) => sales_items)) {
    const [material, ...others] = materialsIn(name);
    if (material !== undefined && others.length === 0) {
      rolls.set(material, (rolls.get(material) ?? 0) + Number(quantity));
    }
  }
  return rolls;
}

function capacityOf({ material_capacities }: VehicleRecord, material: string): number {
  return material_capacities.find(({ material_name }) => material_name === material)?.capacity ?? 0;
}

function fits(shipments: readonly ShipmentRecord[], vehicle: VehicleRecord): boolean {
  return [...rollsOf(shipments)].every(([material, rolls]) => rolls <= capacityOf(vehicle, material));
}

/** No plan can do with fewer: the largest capacities of the material that needs the most vehicles. */
function fewestVehicles(shipments: readonly ShipmentRecord[], vehicles: readonly VehicleRecord[]): number {
  const needs = [...rollsOf(shipments)].map(([material, rolls]) => {
    const capacities = vehicles.map((vehicle) => capacityOf(vehicle, material)).sort((a, b) => b - a);
    const roomOf = (count: number) => capacities.slice(0, count).reduce((sum, capacity) => sum + capacity, 0);
    return 1 + capacities.findIndex((_, index) => roomOf(index + 1) >= rolls);
  });
  return Math.max(...needs);
}

/** A plan that anyone could make: each shipment into the first vehicle with room, largest vehicles first. */
function firstFit(shipments: readonly ShipmentRecord[], vehicles: readonly VehicleRecord[]): number {
  const loads: { vehicle: VehicleRecord; load: ShipmentRecord[] }[] = vehicles
    .toSorted((a, b) => capacityOf(b, "坯布") - capacityOf(a, "坯布"))
    .map((vehicle) => ({ vehicle, load: [] }));
  for (const shipment of shipments) {
    const place = loads.find(({ vehicle, load }) => fits([...load, shipment], vehicle));
    if (!place) return Number.POSITIVE_INFINITY;
    place.load.push(shipment);
  }
  return loads.filter(({ load }) => load.length > 0).length;
}
