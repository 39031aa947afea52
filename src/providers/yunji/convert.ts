import { withOffset } from "../../domain/instant.ts";
import type {
  GuestSupplyList,
  RobotOrder,
  RobotOrderReceipt,
  RobotProduct,
  RobotProductGroup,
  RobotTask,
} from "../../domain/robot.ts";
import {
  numbered,
  orderStatuses,
  productTypes,
  supplyCategories,
  taskStatuses,
  taskTypes,
} from "./numbered.ts";
import type {
  WireGuestSupplies,
  WireOrder,
  WireProduct,
  WireProductGroup,
  WireReceipt,
  WireTask,
} from "./schemas.ts";

/** What was ordered, right after it was. */
export function toReceipt({ orderInfo }: WireReceipt): RobotOrderReceipt {
  return {
    orderSn: orderInfo.orderSN,
    createdAt: withOffset(orderInfo.createDate),
    tasks: (orderInfo.orderTaskInfos ?? []).map(({ orderTaskId, createDate }) => ({
      taskId: orderTaskId,
      createdAt: createDate == null ? null : withOffset(createDate),
    })),
  };
}

/** An order in our own names. */
export function toOrder(wire: WireOrder): RobotOrder {
  const recipient = wire.extendProperty;
  return {
    orderSn: wire.orderSN,
    name: wire.orderName ?? null,
    createdAt: withOffset(wire.createDate),
    status: numbered(orderStatuses, wire.orderStatus),
    items: (wire.orderItemInfos ?? []).map((item) => ({
      productId: item.productId,
      name: item.productName ?? null,
      imageUrl: item.imageUrl ?? null,
      type: item.productType == null ? null : numbered(productTypes, item.productType),
      amountYuan: item.amount ?? null,
      quantity: item.quantity,
      unitPriceFen: item.unitPrice ?? null,
    })),
    tasks: (wire.orderTaskInfos ?? []).map(toTask),
    amountYuan: wire.orderBasicInfo?.amount ?? wire.orderBasicInfos?.amount ?? null,
    recipientAddress: recipient?.recipientAddress ?? null,
    recipientPhone: recipient?.recipientPhone ?? null,
    recipientName: recipient?.recipientName ?? null,
  };
}

function toTask(wire: WireTask): RobotTask {
  return {
    taskId: wire.orderTaskId,
    status: numbered(taskStatuses, wire.processStatus),
    type: wire.taskType == null ? null : numbered(taskTypes, wire.taskType),
    pickupCode: wire.admissionCertificate ?? null,
    createdAt: wire.createDate == null ? null : withOffset(wire.createDate),
    contents: [wire.detail ?? []].flat().map(({ productId, productName, imageUrl, quantity }) => ({
      productId,
      name: productName ?? null,
      imageUrl: imageUrl ?? null,
      quantity,
    })),
  };
}

/** A product in our own names. */
export function toProduct(wire: WireProduct): RobotProduct {
  return {
    productId: wire.productId,
    name: wire.productName ?? null,
    imageUrl: wire.imageUrl ?? null,
    unitPriceFen: wire.unitPrice ?? null,
    actualPriceFen: wire.actualPrice ?? null,
    stock: wire.storage ?? null,
  };
}

/** A group of products in our own names. */
export function toProductGroup(wire: WireProductGroup): RobotProductGroup {
  return {
    groupId: wire.groupId,
    name: wire.groupName ?? null,
    imageUrl: wire.groupImageUrl ?? null,
    lowestPriceFen: wire.lowestSellingPrice ?? null,
    sort: wire.sort ?? null,
    products: (wire.productList ?? []).map(toProduct),
  };
}

/** The classes of guest supplies, under whichever of its names the list came. */
export function toGuestSupplies(wire: WireGuestSupplies): GuestSupplyList {
  const supplies = wire.guestSuppliesList ?? wire.guestSuppliesCodeList ?? [];
  return {
    version: wire.version ?? null,
    supplies: supplies.map(({ code, categoryId, comment }) => ({
      code,
      category: numbered(supplyCategories, categoryId),
      name: comment ?? null,
    })),
  };
}
