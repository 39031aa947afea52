import fc from "fast-check";
import { expect, test } from "vitest";
import type { NewTakeoutOrder, TakeoutOrder } from "../../../../src/domain/takeout/order.ts";
import { isSameOrder } from "../../../../src/tools/takeout/orders/same-order.ts";

const sent: NewTakeoutOrder = {
  merchantId: "8F0E-A",
  storeId: "store-1",
  items: [
    { dishId: "dish-1", specId: "spec-1", quantity: 2, priceYuan: "38.00" },
    { dishId: "dish-2", quantity: 3, priceYuan: "3" },
  ],
  deliveryAddress: {
    contactName: "张三",
    contactPhone: "13800138000",
    address: "北京市朝阳区...",
    lat: 39.9042,
    lng: 116.4074,
  },
  remark: "少辣",
};

const names = [
  { dishName: "宫保鸡丁", specName: "大份" },
  { dishName: "米饭", specName: null },
];

const chicken = {
  dishName: "宫保鸡丁",
  dishImage: null,
  specName: "大份",
  quantity: 2,
  priceYuan: "38.0",
  amountYuan: "76.00",
};
const rice = {
  ...chicken,
  dishName: "米饭",
  specName: null,
  quantity: 3,
  priceYuan: "3.00",
  amountYuan: "9.00",
};

const held: TakeoutOrder = {
  id: "order-1",
  orderNo: "202401010001",
  merchantName: "美味餐厅",
  merchant: { id: "8f0e-a", name: "美味餐厅", phone: null },
  items: [rice, chicken],
  deliveryAddress: { contactName: "张三", contactPhone: "13800138000", address: "北京市朝阳区..." },
  totalAmountYuan: "92.00",
  actualAmountYuan: "92.00",
  dishAmountYuan: "85.00",
  deliveryFeeYuan: "5.00",
  packageFeeYuan: "2.00",
  discountAmountYuan: null,
  status: 2,
  statusText: "待接单",
  isWaitingForMerchant: true,
  paymentStatus: 0,
  paymentMethod: null,
  estimatedDeliveryTime: null,
  createdAt: "2024-01-01T12:00:00Z",
  paidAt: null,
  remark: "少辣",
  timeline: [],
};

test("an order is the same whatever the order of its lines, their split and the zeros of its prices", () => {
  const halves = [{ ...chicken, quantity: 1, priceYuan: "38" }, rice, { ...chicken, quantity: 1 }];
  const permutations = fc.shuffledSubarray(halves, { minLength: 3 });
  fc.assert(fc.property(permutations, (items) => isSameOrder({ ...held, items }, sent, names)));
  expect(isSameOrder(held, sent, names)).toBe(true);
});

const address = held.deliveryAddress;
if (!address) throw new Error("the order has an address");

test.each<[string, Partial<TakeoutOrder>]>([
  ["merchant", { merchant: { id: "8f0e-b", name: "美味餐厅", phone: null } }],
  ["merchant at all", { merchant: null }],
  ["name", { deliveryAddress: { ...address, contactName: "李四" } }],
  ["phone", { deliveryAddress: { ...address, contactPhone: "13900139000" } }],
  ["address", { deliveryAddress: { ...address, address: "北京市海淀区..." } }],
  ["part of an address", { deliveryAddress: { ...address, contactPhone: null } }],
  ["address at all", { deliveryAddress: null }],
  ["remark", { remark: "多辣" }],
  ["remark at all", { remark: null }],
  ["quantity", { items: [{ ...chicken, quantity: 3 }, rice] }],
  ["price", { items: [{ ...chicken, priceYuan: "38.01" }, rice] }],
  ["dish", { items: [{ ...chicken, dishName: "鱼香肉丝" }, rice] }],
  ["spec", { items: [{ ...chicken, specName: "小份" }, rice] }],
  ["fewer dishes", { items: [chicken] }],
  ["more dishes", { items: [chicken, rice, { ...rice, dishName: "可乐" }] }],
])("an order of another %s is another one", (_, change) => {
  expect(isSameOrder({ ...held, ...change }, sent, names)).toBe(false);
});

test("an order whose dishes have no name any more is not known again", () => {
  expect(isSameOrder(held, sent, [names[0], undefined])).toBe(false);
});

test("an order without a remark is known by none, be it null or empty", () => {
  const { remark: _, ...silent } = sent;
  expect(isSameOrder({ ...held, remark: "" }, silent, names)).toBe(true);
  expect(isSameOrder({ ...held, remark: null }, silent, names)).toBe(true);
});
