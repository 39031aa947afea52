import { day, oneOf, oneOfDigits, optional, type Shape, text, wholeNumber } from "../formats.ts";
import { answerPage, type PageQuery, pageShape, type SortKeys } from "../pages.ts";
import { type LoginType, loginTypes, type Order, type OrderState } from "../records.ts";
import { created, done, invalid, missing, type Reply, unprocessable } from "../reply.ts";
import { type Call, type Route, signedIn, withBody, withQuery } from "../routes.ts";
import { businessDay } from "../time.ts";
import { payableFen } from "./amounts.ts";
import { orderDetail, orderReceipt, orderSummary } from "./order-answers.ts";
import { type NewOrder, newOrderShape } from "./order-body.ts";
import { acceptOrder, cancelOrder, completeOrder, startCooking } from "./order-steps.ts";
import { placeOrder } from "./place-order.ts";
import { canMove, orderStates, orderStatuses } from "./states.ts";

const sortKeys: SortKeys<Order> = {
  createdAt: (order) => order.createdAt,
  actualAmount: payableFen,
};

type OrderQuery = PageQuery & {
  status: number | undefined;
  startDate: string | undefined;
  endDate: string | undefined;
};

const listShape: Shape<OrderQuery> = {
  ...pageShape(sortKeys),
  status: optional(oneOfDigits(orderStatuses)),
  startDate: optional(day),
  endDate: optional(day),
};

/** The document does not say that the estimate must be there (takeout.txt, 5.4). */
const acceptShape = { estimatedTime: optional(wholeNumber(1, 24 * 60)) };

const cancelShape: Shape<{ reason: string; cancelBy: LoginType }> = {
  reason: text(200),
  cancelBy: oneOf(loginTypes),
};

/** Orders and the steps of their life (takeout.txt, 5). */
export const orderRoutes: Route[] = [
  signedIn("POST /api/v1/orders", withBody(newOrderShape, createOrder)),
  signedIn("GET /api/v1/orders", withQuery(listShape, listOrders)),
  signedIn("GET /api/v1/orders/{id}", (call) =>
    withOrder(call, (order) => done(orderDetail(call.tenant, order))),
  ),
  signedIn("POST /api/v1/orders/{id}/accept", (call) =>
    withOrder(call, (order) =>
      withBody(acceptShape, ({ tenant, now: at }: Call, { estimatedTime: minutes }) =>
        step(order, "accepted", () => acceptOrder(tenant, order, { at, minutes })),
      )(call),
    ),
  ),
  signedIn("POST /api/v1/orders/{id}/cooking", (call) =>
    withOrder(call, (order) =>
      step(order, "cooking", () => startCooking(call.tenant, order, { at: call.now })),
    ),
  ),
  signedIn("POST /api/v1/orders/{id}/complete", (call) =>
    withOrder(call, (order) =>
      step(order, "completed", () => completeOrder(call.tenant, order, { at: call.now })),
    ),
  ),
  signedIn("POST /api/v1/orders/{id}/cancel", (call) =>
    withOrder(call, (order) =>
      withBody(cancelShape, ({ tenant, now: at }: Call, cancellation) =>
        step(order, "cancelled", () => cancelOrder(tenant, order, { at, ...cancellation })),
      )(call),
    ),
  ),
];

function createOrder({ tenant, user, now }: Call, request: NewOrder): Reply {
  const placed = placeOrder(tenant, request, { userId: user.id, at: now });
  if ("errors" in placed) return unprocessable("订单不符合下单条件", placed.errors);
  return created(orderReceipt(placed.order, placed.payment));
}

/** The days are the shops' own, both included. */
function listOrders({ tenant }: Call, query: OrderQuery): Reply {
  const { status, startDate, endDate } = query;
  if (startDate !== undefined && endDate !== undefined && startDate > endDate) {
    return invalid([{ field: "startDate", message: "不能晚于endDate" }]);
  }
  const entries = tenant.records.orders
    .filter(({ state }) => status === undefined || orderStates[state].status === status)
    .filter(({ createdAt }) => startDate === undefined || businessDay(createdAt) >= startDate)
    .filter(({ createdAt }) => endDate === undefined || businessDay(createdAt) <= endDate);
  return answerPage(query, { entries, sortKeys, show: (order) => orderSummary(tenant, order) });
}

function withOrder({ tenant, request }: Call, answer: (order: Order) => Reply): Reply {
  const order = tenant.records.orders.find(({ id }) => id === request.parameters["id"]);
  return order ? answer(order) : missing("订单");
}

/** Takes a step that the order's state allows: 422 for any other. */
function step(order: Order, to: OrderState, take: () => void): Reply {
  if (!canMove(order, to)) {
    return unprocessable(`订单状态为${orderStates[order.state].statusText}，不能执行该操作`);
  }
  take();
  const { status, statusText } = orderStates[order.state];
  return done({ id: order.id, orderNo: order.orderNo, status, statusText });
}
