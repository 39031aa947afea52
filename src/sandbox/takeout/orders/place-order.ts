import { type CouponUse, findUsableCoupon } from "../marketing/coupon-rules.ts";
import { openPayment } from "../payments/payments.ts";
import type { Dish, Merchant, Order, OrderLine, Payment, Spec } from "../records.ts";
import type { FieldError } from "../reply.ts";
import { publish, type Tenant } from "../tenant.ts";
import type { NewOrder, NewOrderItem } from "./order-body.ts";
import { orderStates } from "./states.ts";

/** Who orders, and when (simulated time, milliseconds since the epoch). */
type Ordering = { userId: string; at: number };

/** Makes an order and a payment for it, or says what in it goes against the rules of the business. */
export function placeOrder(
  tenant: Tenant,
  request: NewOrder,
  ordering: Ordering,
): { order: Order; payment: Payment } | { errors: FieldError[] } {
  const { merchant, errors: placeErrors } = findPlace(tenant, request);
  const { picks, errors: itemErrors } = pickDishes(tenant, request);
  const dishFen = picks.reduce((sum, { item, offer }) => sum + item.quantity * offer.priceFen, 0);
  const { coupon, errors: couponErrors } = findCoupon(tenant, request, { ...ordering, dishFen });
  const errors = [...placeErrors, ...itemErrors, ...couponErrors];
  if (!merchant || errors.length > 0) return { errors };
  const order = newOrder(tenant, { request, ordering, merchant, picks, dishFen, coupon });
  for (const { item, offer } of picks) offer.stock -= item.quantity;
  if (coupon) coupon.userCoupon.usedAt = ordering.at;
  tenant.records.orders.push(order);
  const { id: orderId, orderNo, merchantId } = order;
  publish(tenant, { topic: "order.new", data: { orderId, orderNo, merchantId }, at: ordering.at });
  return { order, payment: openPayment(tenant, order, ordering.at) };
}

/** Puts what a cancelled order took back on the shelf. */
export function returnStock({ records }: Tenant, { lines }: Order): void {
  for (const { dishId, specId, quantity } of lines) {
    const dish = records.dishes.find(({ id }) => id === dishId);
    const offer = dish && findOffer(dish, specId);
    if (offer) offer.stock += quantity;
  }
}

type Offer = Dish | Spec;
type Pick = { item: NewOrderItem; dish: Dish; offer: Offer };

function findPlace({ records }: Tenant, { merchantId, storeId }: NewOrder) {
  const merchant = records.merchants.find(({ id, status }) => id === merchantId && status === 1);
  if (!merchant) return { errors: [{ field: "merchantId", message: "商家不存在或已停业" }] };
  const hasStore = merchant.stores.some(({ id }) => id === storeId);
  return { merchant, errors: hasStore ? [] : [{ field: "storeId", message: "门店不存在" }] };
}

function pickDishes({ records }: Tenant, { merchantId, items }: NewOrder) {
  const picks: Pick[] = [];
  const errors: FieldError[] = [];
  for (const [index, item] of items.entries()) {
    const dish = records.dishes.find((one) => one.id === item.dishId && one.merchantId === merchantId);
    const offer = dish && findOffer(dish, item.specId ?? null);
    const taken = picks
      .filter((pick) => pick.offer === offer)
      .reduce((sum, pick) => sum + pick.item.quantity, 0);
    const problem = problemOf(item, { dish, offer, taken });
    if (problem) errors.push({ ...problem, field: `items[${index}].${problem.field}` });
    else if (dish && offer) picks.push({ item, dish, offer });
  }
  return { picks, errors };
}

function findOffer(dish: Dish, specId: string | null): Offer | undefined {
  return specId === null ? dish : dish.specs.find(({ id }) => id === specId);
}

type Candidate = { dish: Dish | undefined; offer: Offer | undefined; taken: number };

function problemOf(item: NewOrderItem, { dish, offer, taken }: Candidate): FieldError | undefined {
  if (!dish) return { field: "dishId", message: "菜品不存在" };
  if (dish.status !== 1) return { field: "dishId", message: "菜品已下架" };
  if (!offer) return { field: "specId", message: "规格不存在" };
  if (offer.priceFen !== item.price) return { field: "price", message: "价格已变动" };
  return offer.stock - taken < item.quantity ? { field: "quantity", message: "库存不足" } : undefined;
}

function findCoupon(
  tenant: Tenant,
  { couponId, merchantId }: NewOrder,
  { userId, at, dishFen }: Ordering & { dishFen: number },
): { coupon?: CouponUse; errors: FieldError[] } {
  if (couponId === undefined) return { errors: [] };
  const coupon = findUsableCoupon(tenant, couponId, { userId, merchantId, amountFen: dishFen, at });
  return coupon ? { coupon, errors: [] } : { errors: [{ field: "couponId", message: "优惠券不可用" }] };
}

type Draft = {
  request: NewOrder;
  ordering: Ordering;
  merchant: Merchant;
  picks: readonly Pick[];
  dishFen: number;
  coupon: CouponUse | undefined;
};

function newOrder(tenant: Tenant, { request, ordering, merchant, picks, dishFen, coupon }: Draft): Order {
  const { at, userId } = ordering;
  const { deliveryFeeFen, packageFeeFen } = merchant;
  return {
    id: tenant.newId("order"),
    orderNo: tenant.newNumber("order", at),
    userId,
    merchantId: merchant.id,
    storeId: request.storeId,
    lines: picks.map(lineOf),
    deliveryAddress: request.deliveryAddress,
    remark: request.remark ?? null,
    userCouponId: coupon?.userCoupon.id ?? null,
    dishFen,
    deliveryFeeFen,
    packageFeeFen,
    discountFen: Math.min(coupon?.coupon.discountFen ?? 0, dishFen),
    state: "created",
    timeline: [{ status: "created", statusText: orderStates.created.reached, time: at }],
    paymentMethod: null,
    estimatedDeliveryAt: null,
    cancellation: null,
    createdAt: at,
    paidAt: null,
  };
}

function lineOf({ item, dish, offer }: Pick): OrderLine {
  const spec = offer === dish ? null : offer;
  return {
    dishId: dish.id,
    dishName: dish.name,
    dishImage: dish.image,
    specId: spec?.id ?? null,
    specName: spec?.name ?? null,
    quantity: item.quantity,
    priceFen: item.price,
  };
}
