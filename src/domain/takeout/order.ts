import type { CallOptions } from "../call-options.ts";
import type { TakeoutPage, TakeoutPageRequest } from "./page.ts";

/** Money is exact: yuan as decimal text, such as "38.00". */
export type NewTakeoutOrder = {
  merchantId: string;
  storeId: string;
  items: { dishId: string; specId?: string; quantity: number; priceYuan: string }[];
  deliveryAddress: { contactName: string; contactPhone: string; address: string; lat: number; lng: number };
  remark?: string;
  couponId?: string;
};

/** takeout.txt, 5.1: here the total leaves fees out. */
export type TakeoutOrderReceipt = {
  orderId: string;
  orderNo: string;
  totalAmountYuan: string;
  deliveryFeeYuan: string;
  discountAmountYuan: string;
  actualAmountYuan: string;
  payment: { paymentNo: string; qrCode: string | null } | null;
};

/** The number stays beside the vendor's text: the document does not name them all. */
export type TakeoutOrderSummary = {
  id: string;
  orderNo: string;
  merchantName: string | null;
  totalAmountYuan: string | null;
  actualAmountYuan: string | null;
  status: number;
  statusText: string | null;
  createdAt: string | null;
  items: TakeoutOrderItem[];
};

export type TakeoutOrderItem = {
  dishName: string;
  dishImage: string | null;
  specName: string | null;
  quantity: number;
  priceYuan: string;
  amountYuan: string | null;
};

/** takeout.txt, 5.3: here the total holds all fees. */
export type TakeoutOrder = TakeoutOrderSummary & {
  merchant: { id: string; name: string; phone: string | null } | null;
  deliveryAddress: { contactName: string; contactPhone: string; address: string } | null;
  dishAmountYuan: string | null;
  deliveryFeeYuan: string | null;
  packageFeeYuan: string | null;
  discountAmountYuan: string | null;
  paymentStatus: number | null;
  paymentMethod: string | null;
  estimatedDeliveryTime: string | null;
  paidAt: string | null;
  remark: string | null;
  timeline: { status: string; statusText: string | null; time: string }[];
};

export type TakeoutOrderQuery = TakeoutPageRequest & {
  status?: number;
  startDate?: string;
  endDate?: string;
};

export const cancellingParties = ["customer", "merchant", "system"] as const;

/** Orders and the steps of their life (takeout.txt, 5). Nothing here is idempotent at the vendor. */
export type TakeoutOrders = {
  create: (order: NewTakeoutOrder, options?: CallOptions) => Promise<TakeoutOrderReceipt>;
  list: (query: TakeoutOrderQuery, options?: CallOptions) => Promise<TakeoutPage<TakeoutOrderSummary>>;
  get: (orderId: string, options?: CallOptions) => Promise<TakeoutOrder>;
  accept: (orderId: string, estimatedMinutes: number, options?: CallOptions) => Promise<void>;
  startCooking: (orderId: string, options?: CallOptions) => Promise<void>;
  complete: (orderId: string, options?: CallOptions) => Promise<void>;
  cancel: (
    orderId: string,
    cancellation: { reason: string; cancelBy: (typeof cancellingParties)[number] },
    options?: CallOptions,
  ) => Promise<void>;
};
