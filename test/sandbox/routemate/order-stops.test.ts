import fc from "fast-check";
import { expect, test } from "vitest";
import type { Coordinates } from "../../../src/domain/place.ts";
import { roadMeters } from "../../../src/sandbox/road.ts";
import { orderStops } from "../../../src/sandbox/routemate/order-stops.ts";

const place = fc.record({
  lat: fc.double({ min: 22.8, max: 23.4, noNaN: true }),
  lng: fc.double({ min: 113, max: 113.6, noNaN: true }),
});

test("every place is visited once, and the first one first", () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 40 }), (places) => {
      const order = orderStops(places);
      expect(order[0]).toBe(0);
      expect(order.toSorted((a, b) => a - b)).toEqual(places.map((_, index) => index));
    }),
  );
});

test("a round trip ends where it starts", () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 2, maxLength: 40 }), (places) => {
      const [start] = places;
      const trip = start ? [...places, start] : places;
      expect(orderStops(trip).at(-1)).toBe(trip.length - 1);
    }),
  );
});

test("turning no part of the order round makes it shorter", () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 3, maxLength: 12 }), (places) => {
      const order = orderStops(places);
      const shortest = length(places, order);
      const turnable = isRoundTrip(places) ? order.length - 1 : order.length;
      for (let from = 1; from < order.length; from++) {
        for (let to = from + 2; to <= turnable; to++) {
          const turned = [...order.slice(0, from), ...order.slice(from, to).reverse(), ...order.slice(to)];
          expect(length(places, turned)).toBeGreaterThan(shortest - 1e-3);
        }
      }
    }),
  );
});

test("the last stop of an open route is moved as in routemate.txt's sample, where that is shorter", () => {
  const west = { lat: 23, lng: 113 };
  const middle = { lat: 23, lng: 113.1 };
  const east = { lat: 23, lng: 113.2 };
  expect(orderStops([west, east, middle])).toEqual([0, 2, 1]);
});

/** A trip that ends where it began keeps its end. */
function isRoundTrip(places: readonly Coordinates[]): boolean {
  const [first, last] = [places[0], places.at(-1)];
  return first !== undefined && last !== undefined && roadMeters(first, last) < 100;
}

function length(places: readonly Coordinates[], order: readonly number[]): number {
  const route = order.map((index) => places[index]).filter((one) => one !== undefined);
  return route.reduce((sum, one, index) => sum + roadMeters(route[index - 1] ?? one, one), 0);
}
