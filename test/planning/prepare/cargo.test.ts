import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SalesItem } from "../../../src/domain/shipment.ts";
import { readCargo } from "../../../src/planning/prepare/cargo.ts";
import { quantityText } from "../../../src/planning/prepare/quantities.ts";
import { shipment } from "../../support/plan-request.ts";

function cargoOf(...lists: SalesItem[][]) {
  const candidates = lists.map((salesItems, index) => ({
    shipment: { ...shipment(index + 1, {}), salesItems },
    field: `shipments[${index}]`,
  }));
  return readCargo(candidates, { rules: [], materials: new Set(["坯布", "成品"]), capacities: [] });
}

describe("cargo", () => {
  test("adds up the items of a shipment by material, exactly", () => {
    const cargo = cargoOf([
      { name: "坯布", quantity: "0.1" },
      { name: "成品", quantity: "50.00" },
      { name: "坯布", quantity: "0.2" },
    ]);
    expect(cargo).toMatchObject({ materials: ["坯布", "成品"], scale: 1, loads: [[3, 500]] });
  });

  test("lists every item without a material, and carries nothing of a shipment that has one", () => {
    const cargo = cargoOf([
      { name: "销售品甲", quantity: "1" },
      { name: "坯布", quantity: "7" },
      { name: "销售品乙", quantity: "2" },
    ]);
    expect(cargo.unmapped).toEqual([
      [
        { shipmentId: 1, itemName: "销售品甲" },
        { shipmentId: 1, itemName: "销售品乙" },
      ],
    ]);
    expect(cargo.loads).toEqual([[]]);
  });

  test("passes over items with a quantity of zero, mapped or not", () => {
    const cargo = cargoOf([
      { name: "销售品甲", quantity: "0.00" },
      { name: "坯布", quantity: "3" },
    ]);
    expect(cargo).toMatchObject({ unmapped: [[]], loads: [[3]] });
  });

  test.each(["-1", "1e3", "", "NaN", "五十", "1.1234567890123"])(
    "refuses the quantity %j by name",
    (quantity) => {
      const items = [
        { name: "坯布", quantity: "1" },
        { name: "坯布", quantity },
      ];
      expect(() => cargoOf([], items)).toThrow(
        expect.objectContaining({
          code: "invalid_input",
          details: expect.objectContaining({ fields: ["shipments[1].sales_items[1].quantity"] }),
        }),
      );
    },
  );

  test("refuses sums beyond 2^53 units by the item that passes it", () => {
    const items = [
      { name: "坯布", quantity: "9007199254740991" },
      { name: "成品", quantity: "1" },
    ];
    expect(cargoOf(items.slice(0, 1)).loads).toEqual([[9007199254740991]]);
    expect(() => cargoOf(items)).toThrow(/shipments\[0\]\.sales_items\[1\]\.quantity/);
  });

  test("reads back any decimals as the text of their exact sum", () => {
    const cents = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(cents, (values) => {
        const items = values.map((value) => ({ name: "坯布", quantity: (value / 100).toFixed(2) }));
        const { loads, scale } = cargoOf(items);
        const sum = values.reduce((total, value) => total + BigInt(value), 0n);
        const written = quantityText(loads[0]![0]!, scale);
        const [whole = "", fraction = ""] = written.split(".");
        expect(BigInt(whole + fraction.padEnd(2, "0"))).toBe(sum);
        expect(written).not.toMatch(/\.\d*0$/);
      }),
    );
  });
});
