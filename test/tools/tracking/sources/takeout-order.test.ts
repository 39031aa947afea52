import { expect, test } from "vitest";
import { trackShipment } from "../../../../src/tools/tracking/track-shipment.ts";
import { openTakeoutDesk } from "../../../support/takeout-desk.ts";

/** What each source of an order says whose delivery is the last of so many. */
async function sourcesOf(tasks: number) {
  const { call, shop } = await openTakeoutDesk();
  shop.place({
    merchantId: "merchant-1",
    items: [{ dishId: "dish-2", quantity: 1, price: 3 }],
    deliveryAddress: { contactName: "张三", contactPhone: "13800138000", address: "北京市朝阳区..." },
  });
  for (let number = tasks; number >= 1; number--)
    shop.tasks.push({ id: `task-${number}`, orderId: `order-${number}`, driverId: null, status: 1 });
  const { data } = await call(trackShipment, { takeout_order_id: "order-1" });
  return data["sources"];
}

test("a delivery is found on a later page", async () => {
  expect(await sourcesOf(170)).toContainEqual(
    expect.objectContaining({ source: "takeout.delivery", state: "answered" }),
  );
});

test("a delivery beyond those that are searched is not told as none", async () => {
  expect(await sourcesOf(400)).toContainEqual({
    source: "takeout.delivery",
    state: "failed",
    reason: "It is not among the newest 200 deliveries.",
  });
});
