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

/** takeout.txt, 5.1: here the total leaves fees out. The order stands whatever else its answer lacks. */
export type TakeoutOrderReceipt = {
  orderId: string;
  orderNo: string | null;
  totalAmountYuan: string | null;
  deliveryFeeYuan: string | null;
  discountAmountYuan: string | null;
  actualAmountYuan: string | null;
  payment: { paymentNo: string; qrCode: string | null } | null;
};

/** takeout.txt, 5.2: the number stays beside the vendor's text, for the document names one alone. */
export type TakeoutOrderSummary = {
  id: string;
  orderNo: string;
  merchantName: string | null;
  totalAmountYuan: string | null;
  actualAmountYuan: string | null;
  status: number;
  statusText: string | null;
  /** The one state that the document names (2, 待接单): paid, and nobody has accepted it yet. */
  isWaitingForMerchant: boolean;
  createdAt: string | null;
  items: TakeoutOrderItem[];
};

/** A line of an order; a list shows fewer of its members than a detail. */
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
  deliveryAddress: { contactName: string | null; contactPhone: string | null; address: string | null } | null;
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

/** Which orders are listed (takeout.txt, 5.2); days as YYYY-MM-DD, both included. */
export type TakeoutOrderQuery = TakeoutPageRequest & {
  status?: number;
  startDate?: string;
  endDate?: string;
};

/** Who may want an order cancelled (takeout.txt, 5.7). */
export const cancellingParties = ["customer", "merchant", "system"] as const;

/** Orders and the steps of their life (takeout.txt, 5). Nothing here is idempotent at the vendor. */
export type TakeoutOrders = {
  create: (order: NewTakeoutOrder, options?: CallOptions) => Promise<TakeoutOrderReceipt>;
  list: (query: TakeoutOrderQuery, options?: CallOptions) => Promise<TakeoutPage<TakeoutOrderSummary>>;
  get: (orderId: string, options?: CallOptions) => Promise<TakeoutOrder>;
  /** `estimatedMinutes` of cooking, where the merchant says how long it will take. */
  accept: (orderId: string, estimatedMinutes: number | undefined, options?: CallOptions) => Promise<void>;
  startCooking: (orderId: string, options?: CallOptions) => Promise<void>;
  complete: (orderId: string, options?: CallOptions) => Promise<void>;
  cancel: (
    orderId: string,
    cancellation: { reason: string; cancelBy: (typeof cancellingParties)[number] },
    options?: CallOptions,
  ) => Promise<void>;
};
