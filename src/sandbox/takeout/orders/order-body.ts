import {
  degrees,
  listOf,
  object,
  optional,
  phone,
  price,
  type Shape,
  text,
  uuid,
  wholeNumber,
} from "../formats.ts";
import type { DeliveryAddress } from "../records.ts";

/** One dish of a new order; the price in fen. */
export type NewOrderItem = { dishId: string; specId: string | undefined; quantity: number; price: number };

/** A new order as it was asked for (takeout.txt, 5.1). */
export type NewOrder = {
  merchantId: string;
  storeId: string;
  items: NewOrderItem[];
  deliveryAddress: DeliveryAddress;
  remark: string | undefined;
  couponId: string | undefined;
};

const address: Shape<DeliveryAddress> = {
  contactName: text(50),
  contactPhone: phone,
  address: text(200),
  latitude: degrees(90),
  longitude: degrees(180),
};

/** The body of POST /api/v1/orders. */
export const newOrderShape: Shape<NewOrder> = {
  merchantId: uuid,
  storeId: uuid,
  items: listOf(
    object<NewOrderItem>({ dishId: uuid, specId: optional(uuid), quantity: wholeNumber(1, 999), price }),
    1,
    100,
  ),
  deliveryAddress: object(address),
  remark: optional(text(200)),
  couponId: optional(uuid),
};
