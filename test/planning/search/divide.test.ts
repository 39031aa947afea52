import fc from "fast-check";
import { expect, test } from "vitest";
import { asOnePart, divide } from "../../../src/planning/search/divide.ts";
import { buildModel } from "../../../src/planning/search/model.ts";
import { joinOrders, orderLength, readOrder } from "../../../src/planning/search/plan-order.ts";
import { acrossGrid, routingProblem } from "../../support/routing-problem.ts";

const places = Array.from({ length: 60 }, (_, i): [number, number] => [(i * 37) % 61, (i * 53) % 67]);
const model = buildModel(
  routingProblem({
    stops: places.map((_, i) => ({ location: i + 1, delivery: [1] })),
    vehicles: Array.from({ length: 40 }, (_, i) => ({ capacity: [i % 2 === 0 ? 20 : 30] })),
    meters: [acrossGrid([[30, 33], ...places])],
  }),
);

/** Routes over all stops, by the lengths that they are to have. */
function orderOf(lengths: number[]): Int32Array {
  const order = new Int32Array(orderLength(model));
  const numbers: number[] = [];
  let stop = 0;
  for (const [route, length] of lengths.entries()) {
    const stops = Array.from({ length }, () => stop++).filter((one) => one < 60);
    if (stops.length > 0) numbers.push(-1 - (route % 2), ...stops);
  }
  order.set([numbers.length, ...numbers]);
  return order;
}

const anyLengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 8, maxLength: 30 });

test("parts hold each route once and share the idle vehicles without one over", () => {
  fc.assert(
    fc.property(anyLengths, fc.integer({ min: 2, max: 4 }), fc.nat(50), (lengths, count, turn) => {
      const order = orderOf(lengths);
      const parts = divide(model, order, { parts: count, turn });
      const text = (part: { routes: { type: number; stops: Int32Array }[] }) =>
        part.routes.map(({ type, stops }) => `${type}:${stops.join()}`);
      expect(parts).toHaveLength(count);
      const all = text({ routes: readOrder(order) });
      expect(parts.flatMap(text)).toHaveLength(all.length);
      expect(new Set(parts.flatMap(text))).toEqual(new Set(all));
      const whole = asOnePart(model, order);
      for (const type of whole.free.keys()) {
        expect(parts.reduce((sum, { free }) => sum + free[type]!, 0)).toBe(whole.free[type]);
      }
      expect(parts.reduce((sum, { mostUsed }) => sum + mostUsed, 0)).toBe(model.routeCount);
    }),
  );
});

test("parts lie along other lines each time", () => {
  const order = orderOf(new Array(20).fill(3));
  const firstParts = [1, 2, 3, 4].map((turn) =>
    divide(model, order, { parts: 2, turn })[0]
      ?.routes.map(({ stops }) => stops[0])
      .join(),
  );
  expect(new Set(firstParts).size).toBeGreaterThan(1);
});

test("orders that are joined hold the routes of each", () => {
  const orders = [orderOf([3, 2]), orderOf([]), orderOf([5])];
  const whole = new Int32Array(orderLength(model));
  joinOrders(orders, whole);
  expect(readOrder(whole)).toEqual(orders.flatMap(readOrder));
});
