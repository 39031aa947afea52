import { exactNumber } from "../send.ts";
import { type Order, orderStatus, type Task } from "./order.ts";
import type { OrderLine } from "./shop.ts";

/**
 * The document's tables and samples differ. Every second order, beginning with the first, is told as the samples have
 * it, the others as the tables do, so that a client has to read both.
 */
function isToldAsInSamples({ sequence }: Order): boolean {
  return sequence % 2 === 1;
}

/** What creating an order answers (yunji.txt, 创建商品订单). */
export function createdOrder(order: Order) {
  const createDate = dateText(order.createdAt);
  return {
    orderSN: order.orderSn,
    createDate,
    orderTaskInfos: order.tasks.map(({ taskId }) => ({ orderTaskId: taskId, createDate })),
  };
}

/** An order by its number (yunji.txt, 根据订单号查询订单). */
export function orderByNumber(order: Order) {
  const createDate = dateText(order.createdAt);
  const tasks = order.tasks.map((task) => ({
    ...taskInfo(order, task),
    detail: task.lines.map(detail),
    createDate,
  }));
  return { ...orderInfo(order), orderTaskInfos: tasks };
}

/** An order among those of a user (yunji.txt, 根据用户id查询订单详情): tasks have no date, and may have one detail. */
export function orderOfUser(order: Order) {
  const tasks = order.tasks.map((task) => {
    const details = task.lines.map(detail);
    const isAlone = details.length === 1 && isToldAsInSamples(order);
    return { ...taskInfo(order, task), detail: isAlone ? details[0] : details };
  });
  return { ...orderInfo(order), orderTaskInfos: tasks };
}

function orderInfo(order: Order) {
  const basicInfo = { amount: yuan(order.amountFen) };
  return {
    orderSN: order.orderSn,
    orderName: order.lines.map(({ good, quantity }) => `${good.productName} * ${quantity}`).join(","),
    createDate: dateText(order.createdAt),
    orderStatus: orderStatus(order),
    orderItemInfos: order.lines.map((line) => orderItem(order, line)),
    ...(isToldAsInSamples(order) ? { orderBasicInfos: basicInfo } : { orderBasicInfo: basicInfo }),
    extendProperty: contact(order),
  };
}

function orderItem(order: Order, { good, quantity }: OrderLine) {
  return {
    ...detail({ good, quantity }),
    ...(!isToldAsInSamples(order) && { productType: good.productType }),
    amount: yuan(BigInt(good.actualPriceFen * quantity)),
    unitPrice: good.actualPriceFen,
  };
}

function detail({ good, quantity }: Pick<OrderLine, "good" | "quantity">) {
  const { productId, productName, imageUrl } = good;
  return { productId, productName, imageUrl, quantity };
}

function taskInfo(order: Order, { taskId, status, taskType, certificate }: Task) {
  const told = isToldAsInSamples(order) ? Number(certificate) : certificate;
  return {
    orderTaskId: taskId,
    processStatus: status,
    taskType,
    ...(certificate !== null && { admissionCertificate: told }),
  };
}

function contact(order: Order) {
  const { recipientAddress, recipientPhone, recipientName } = order;
  if (!isToldAsInSamples(order)) {
    return { recipientAddress, recipientPhone: recipientPhone ?? "", recipientName: recipientName ?? "" };
  }
  return {
    recipientAddress,
    ...(recipientPhone !== null && { recipientPhone }),
    ...(recipientName !== null && { recipientName }),
  };
}

/** Yuan as a JSON number with both places: 5.00. */
function yuan(fen: bigint): object {
  return exactNumber(`${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`);
}

/** 2019-10-01T12:00:18Z */
function dateText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
