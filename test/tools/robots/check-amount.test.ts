import fc from "fast-check";
import { expect, test } from "vitest";
import type { RobotProduct } from "../../../src/domain/robot.ts";
import { checkAmount } from "../../../src/tools/robots/check-amount.ts";

const water = (unitPriceFen: string | null): RobotProduct => ({
  productId: "water",
  name: "矿泉水",
  imageUrl: null,
  unitPriceFen,
  actualPriceFen: null,
  stock: null,
});

const inYuan = (fen: number) => (fen / 100).toFixed(2);

/** Whether so many bottles may be ordered for this amount. */
function isTaken(amountYuan: string, quantity: number, goods: readonly RobotProduct[]): boolean {
  try {
    checkAmount({ amountYuan, items: [{ productId: "water", quantity }] }, goods);
    return true;
  } catch {
    return false;
  }
}

test("taken is what is less than tenfold and at least a tenth of the goods' price, to the fen", () => {
  const fen = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(fen, fen, fc.integer({ min: 1, max: 50 }), (amount, price, quantity) => {
      const total = price * quantity;
      const isPlausible = amount < total * 10 && amount * 10 >= total;
      expect(isTaken(inYuan(amount), quantity, [water(String(price))])).toBe(isPlausible);
    }),
  );
});

test.each([
  ["goods that cost nothing", "5.00", [water("0")]],
  ["goods without a price", "500.00", [water(null)]],
  ["goods on no list", "500.00", []],
  ["an order that is given away", "0.00", [water("250")]],
])("%s leave every amount to the vendor", (_, amount, goods) => {
  expect(isTaken(amount, 1, goods)).toBe(true);
});
