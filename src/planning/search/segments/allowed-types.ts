import type { VehicleTypes } from "../vehicle-types.ts";

/** Counts for each route and type of vehicle the stops that the type must not serve. */
export class AllowedTypes {
  readonly #count: number;
  readonly #isAllowed: Uint8Array; // [stop * count + type]
  readonly #barred: Int32Array; // [route * count + type]

  constructor({ count, isAllowed }: VehicleTypes, routeCount: number) {
    this.#count = count;
    this.#isAllowed = isAllowed;
    this.#barred = new Int32Array(routeCount * count);
  }

  add(route: number, stop: number): void {
    const count = this.#count;
    for (let type = 0; type < count; type++) {
      this.#barred[route * count + type]! += 1 - this.#isAllowed[stop * count + type]!;
    }
  }

  remove(route: number, stop: number): void {
    const count = this.#count;
    for (let type = 0; type < count; type++) {
      this.#barred[route * count + type]! -= 1 - this.#isAllowed[stop * count + type]!;
    }
  }

  /** Whether a vehicle of the type may serve every stop of the route. */
  bears(route: number, type: number): boolean {
    return this.#barred[route * this.#count + type] === 0;
  }
}
