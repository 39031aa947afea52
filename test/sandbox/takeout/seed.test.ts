import { describe, expect, test } from "vitest";
import { seedTenants } from "../../../src/sandbox/takeout/seed/tenants.ts";
import { startedAt } from "../running-sandbox.ts";

const seeds = [1, 2, 7, 42, 2026];

describe.each(seeds)("the shops of seed %i", (seed) => {
  const [{ records }] = seedTenants({ seed, startedAt });

  test("are three merchants with stores and dishes on sale", () => {
    expect(records.merchants.map(({ name }) => name)).toEqual(["美味餐厅", "粤香茶餐厅", "大漠烤肉"]);
    for (const { id, stores } of records.merchants) {
      expect(stores.length).toBeGreaterThan(0);
      expect(records.dishes.filter(({ merchantId }) => merchantId === id).length).toBeGreaterThan(3);
    }
    expect(records.dishes.every(({ status, stock }) => status === 1 && stock > 50)).toBe(true);
  });

  test("have six days of orders behind them, most completed, and three open ones of today", () => {
    const states = records.orders.map(({ state }) => state);
    expect(states).toHaveLength(45);
    expect(states.slice(-3)).toEqual(["paid", "cooking", "created"]);
    const past = states.slice(0, -3);
    expect(past.every((state) => state === "completed" || state === "cancelled")).toBe(true);
    expect(past.filter((state) => state === "completed").length).toBeGreaterThan(28);
  });

  test("hold a delivered task for each completed order, and one that waits for a driver", () => {
    const delivered = records.deliveryTasks.filter(({ state }) => state === "delivered");
    const completed = records.orders.filter(({ state }) => state === "completed");
    expect(delivered.map(({ orderId }) => orderId)).toEqual(completed.map(({ id }) => id));
    expect(delivered.every(({ driverId }) => records.drivers.some(({ id }) => id === driverId))).toBe(true);
    expect(records.deliveryTasks.filter(({ state }) => state === "waiting")).toHaveLength(1);
  });

  test("have nothing from the future, and every list oldest first", () => {
    for (const list of Object.values(records)) {
      const times = list.flatMap((entry) => ("createdAt" in entry ? [entry.createdAt] : []));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.every((time) => time <= startedAt)).toBe(true);
    }
    const happened = records.orders.flatMap(({ timeline }) => timeline.map(({ time }) => time));
    expect(Math.max(...happened)).toBeLessThanOrEqual(startedAt);
  });

  test("have reviews of completed orders alone, one each", () => {
    const completed = records.orders.filter(({ state }) => state === "completed").map(({ id }) => id);
    const reviewed = records.reviews.map(({ orderId }) => orderId);
    expect(reviewed.length).toBeGreaterThan(8);
    expect(new Set(reviewed).size).toBe(reviewed.length);
    expect(reviewed.filter((id) => !completed.includes(id))).toEqual([]);
  });

  test("have an identifier of its own for everything", () => {
    const ids = Object.values(records).flatMap((list) =>
      list.flatMap((entry) => ("id" in entry ? [entry.id] : [])),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toBe(true);
  });
});

test("the same seed gives the same shops, another seed others", () => {
  const shops = (seed: number) => JSON.stringify(seedTenants({ seed, startedAt })[0].records);
  expect(shops(1)).toBe(shops(1));
  expect(shops(2)).not.toBe(shops(1));
});

test("a sandbox that starts just after midnight has a past too", () => {
  const midnight = Date.UTC(2026, 3, 13, 16, 0, 30);
  const [{ records }] = seedTenants({ seed: 1, startedAt: midnight });
  expect(records.orders).toHaveLength(45);
  expect(Math.max(...records.reviews.map(({ createdAt }) => createdAt))).toBeLessThanOrEqual(midnight);
});
