import { z } from "zod";
import type {
  TakeoutOrder,
  TakeoutOrderItem,
  TakeoutOrderReceipt,
  TakeoutOrderSummary,
} from "../../domain/takeout/order.ts";
import {
  idText,
  optionalId,
  optionalText,
  optionalTime,
  optionalWholeNumber,
  optionalYuan,
  orNull,
  time,
  wholeNumber,
  yuan,
} from "./wire-fields.ts";

/** takeout.txt, 5.1: the identifier alone is needed, for whoever has it can read the rest of the order that is placed. */
export const receiptSchema = z
  .object({
    orderId: idText,
    orderNo: optionalId.catch(null),
    totalAmount: optionalYuan.catch(null),
    deliveryFee: optionalYuan.catch(null),
    discountAmount: optionalYuan.catch(null),
    actualAmount: optionalYuan.catch(null),
    paymentInfo: z
      .object({ paymentNo: idText, qrCode: optionalText })
      .nullish()
      .transform(orNull)
      .catch(null),
  })
  .transform(
    (wire): TakeoutOrderReceipt => ({
      orderId: wire.orderId,
      orderNo: wire.orderNo,
      totalAmountYuan: wire.totalAmount,
      deliveryFeeYuan: wire.deliveryFee,
      discountAmountYuan: wire.discountAmount,
      actualAmountYuan: wire.actualAmount,
      payment: wire.paymentInfo,
    }),
  );

/** An item of a list has fewer members than one of a detail. */
const itemSchema = z
  .object({
    dishName: z.string(),
    dishImage: optionalText,
    specName: optionalText,
    quantity: wholeNumber,
    price: yuan,
    amount: optionalYuan,
  })
  .transform(
    ({ price, amount, ...rest }): TakeoutOrderItem => ({ ...rest, priceYuan: price, amountYuan: amount }),
  );

const summaryFields = {
  id: idText,
  orderNo: idText,
  totalAmount: optionalYuan,
  actualAmount: optionalYuan,
  status: wholeNumber,
  statusText: optionalText,
  createdAt: optionalTime,
  items: z.array(itemSchema),
};

/** takeout.txt, 5.2 */
export const orderSummarySchema = z.object({ ...summaryFields, merchantName: optionalText }).transform(
  ({ totalAmount, actualAmount, ...rest }): TakeoutOrderSummary => ({
    ...rest,
    isWaitingForMerchant: isWaitingForMerchant(rest),
    totalAmountYuan: totalAmount,
    actualAmountYuan: actualAmount,
  }),
);

const wireOrder = z.object({
  ...summaryFields,
  merchantName: optionalText,
  merchant: z.object({ id: idText, name: z.string(), phone: optionalText }).nullish(),
  deliveryAddress: z
    .object({ contactName: optionalText, contactPhone: optionalText, address: optionalText })
    .nullish(),
  dishAmount: optionalYuan,
  deliveryFee: optionalYuan,
  packageFee: optionalYuan,
  discountAmount: optionalYuan,
  paymentStatus: optionalWholeNumber,
  paymentMethod: optionalText,
  estimatedDeliveryTime: optionalTime,
  paidAt: optionalTime,
  remark: optionalText,
  timeline: z.array(z.object({ status: z.string(), statusText: optionalText, time })).nullish(),
});

/** takeout.txt, 5.3 */
export const orderSchema = wireOrder.transform((wire): TakeoutOrder => {
  const { totalAmount, actualAmount, dishAmount, deliveryFee, packageFee, discountAmount, ...rest } = wire;
  return {
    ...rest,
    isWaitingForMerchant: isWaitingForMerchant(rest),
    merchantName: rest.merchantName ?? rest.merchant?.name ?? null,
    merchant: rest.merchant ?? null,
    deliveryAddress: rest.deliveryAddress ?? null,
    timeline: rest.timeline ?? [],
    totalAmountYuan: totalAmount,
    actualAmountYuan: actualAmount,
    dishAmountYuan: dishAmount,
    deliveryFeeYuan: deliveryFee,
    packageFeeYuan: packageFee,
    discountAmountYuan: discountAmount,
  };
});

/** The one state that the document names (takeout.txt, 5.2 and 5.3). */
function isWaitingForMerchant({
  status,
  statusText,
}: {
  status: number;
  statusText: string | null;
}): boolean {
  return status === 2 && statusText === "待接单";
}
