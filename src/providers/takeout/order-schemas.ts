import { z } from "zod";
import type {
  TakeoutOrder,
  TakeoutOrderItem,
  TakeoutOrderReceipt,
  TakeoutOrderSummary,
} from "../../domain/takeout/order.ts";
import { idText, optionalText, optionalWholeNumber, optionalYuan, wholeNumber, yuan } from "./wire-fields.ts";

/** takeout.txt, 5.1 */
export const receiptSchema = z
  .object({
    orderId: idText,
    orderNo: idText,
    totalAmount: yuan,
    deliveryFee: yuan,
    discountAmount: yuan,
    actualAmount: yuan,
    paymentInfo: z.object({ paymentNo: idText, qrCode: optionalText }).nullish(),
  })
  .transform(
    (wire): TakeoutOrderReceipt => ({
      orderId: wire.orderId,
      orderNo: wire.orderNo,
      totalAmountYuan: wire.totalAmount,
      deliveryFeeYuan: wire.deliveryFee,
      discountAmountYuan: wire.discountAmount,
      actualAmountYuan: wire.actualAmount,
      payment: wire.paymentInfo ?? null,
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
  createdAt: optionalText,
  items: z.array(itemSchema),
};

/** takeout.txt, 5.2 */
export const orderSummarySchema = z.object({ ...summaryFields, merchantName: optionalText }).transform(
  ({ totalAmount, actualAmount, ...rest }): TakeoutOrderSummary => ({
    ...rest,
    totalAmountYuan: totalAmount,
    actualAmountYuan: actualAmount,
  }),
);

const wireOrder = z.object({
  ...summaryFields,
  merchantName: optionalText,
  merchant: z.object({ id: idText, name: z.string(), phone: optionalText }).nullish(),
  deliveryAddress: z
    .object({ contactName: z.string(), contactPhone: z.string(), address: z.string() })
    .nullish(),
  dishAmount: optionalYuan,
  deliveryFee: optionalYuan,
  packageFee: optionalYuan,
  discountAmount: optionalYuan,
  paymentStatus: optionalWholeNumber,
  paymentMethod: optionalText,
  estimatedDeliveryTime: optionalText,
  paidAt: optionalText,
  remark: optionalText,
  timeline: z.array(z.object({ status: z.string(), statusText: optionalText, time: z.string() })).nullish(),
});

/** takeout.txt, 5.3 */
export const orderSchema = wireOrder.transform((wire): TakeoutOrder => {
  const { totalAmount, actualAmount, dishAmount, deliveryFee, packageFee, discountAmount, ...rest } = wire;
  return {
    ...rest,
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
