/** Money is whole fen and moments are milliseconds of simulated time since the epoch, unless a name says otherwise. */

/** As what a user signs in (takeout.txt, 2.1). */
export const loginTypes = ["customer", "merchant", "system"] as const;
export type LoginType = (typeof loginTypes)[number];

/** Someone with an account. */
export type User = {
  id: string;
  phone: string;
  passwordHash: string;
  nickname: string;
  avatar: string | null;
  loginTypes: LoginType[];
  createdAt: number;
};

/** What a verification code is for (takeout.txt, 2.4). */
export const codeTypes = ["register", "login", "reset_password"] as const;

/** A code that was sent as an SMS; it lives by the client's clock. */
export type VerificationCode = {
  phone: string;
  type: (typeof codeTypes)[number];
  code: string;
  expiresAt: number;
  isUsed: boolean;
};

/** 1 open, 2 closed: the document shows 1 alone. */
export const merchantStatuses = [1, 2] as const;

/** Where a merchant cooks. */
export type Store = {
  id: string;
  name: string;
  address: string;
  phone: string;
  latitude: number;
  longitude: number;
};

/** A shop of the platform with its stores (takeout.txt, 3). */
export type Merchant = {
  id: string;
  name: string;
  logo: string | null;
  description: string | null;
  contactPhone: string;
  contactPerson: string | null;
  businessLicense: string | null;
  status: (typeof merchantStatuses)[number];
  stores: Store[];
  deliveryFeeFen: number;
  /** For each order. */
  packageFeeFen: number;
  createdAt: number;
};

/** 1 on sale, 2 off sale (takeout.txt, 4.5). */
export const dishStatuses = [1, 2] as const;
export type DishStatus = (typeof dishStatuses)[number];

/** A size of a dish, with a price of its own (takeout.txt, 4.2). */
export type Spec = { id: string; name: string; priceFen: number; stock: number };

/** A dish of a merchant (takeout.txt, 4). */
export type Dish = {
  id: string;
  merchantId: string;
  categoryId: string | null;
  name: string;
  description: string | null;
  image: string | null;
  priceFen: number;
  originalPriceFen: number | null;
  unit: string | null;
  /** Of the dish without a spec; each spec has its own. */
  stock: number;
  status: DishStatus;
  tags: string[];
  specs: Spec[];
  createdAt: number;
};

/** One dish of an order, as it was called and cost then. */
export type OrderLine = {
  dishId: string;
  dishName: string;
  dishImage: string | null;
  specId: string | null;
  specName: string | null;
  quantity: number;
  priceFen: number;
};

/** Where an order goes (takeout.txt, 5.1). */
export type DeliveryAddress = {
  contactName: string;
  contactPhone: string;
  address: string;
  latitude: number;
  longitude: number;
};

/** Where an order stands; orders/states.ts has the numbers and the moves. */
export type OrderState = "created" | "paid" | "accepted" | "cooking" | "completed" | "cancelled";

/** One thing that happened to an order, as its detail shows it (takeout.txt, 5.3). */
export type TimelineEntry = { status: string; statusText: string; time: number };

/** An order and all that happened to it (takeout.txt, 5). */
export type Order = {
  id: string;
  orderNo: string;
  userId: string;
  merchantId: string;
  storeId: string;
  lines: OrderLine[];
  deliveryAddress: DeliveryAddress;
  remark: string | null;
  userCouponId: string | null;
  dishFen: number;
  deliveryFeeFen: number;
  packageFeeFen: number;
  discountFen: number;
  state: OrderState;
  timeline: TimelineEntry[];
  paymentMethod: PaymentMethod | null;
  estimatedDeliveryAt: number | null;
  cancellation: { reason: string; cancelBy: LoginType } | null;
  createdAt: number;
  paidAt: number | null;
};

/** takeout.txt, 6.1 */
export const paymentMethods = ["wechat", "alipay", "balance"] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** A payment of an order (takeout.txt, 6.1). */
export type Payment = {
  paymentNo: string;
  orderId: string;
  amountFen: number;
  /** Null until someone chooses one. */
  method: PaymentMethod | null;
  /** 0 to pay, 1 paying, 2 paid, 3 failed (takeout.txt, 6.2). */
  status: 0 | 1 | 2 | 3;
  /** The payment house's own number. */
  transactionId: string | null;
  createdAt: number;
  paidAt: number | null;
};

/** Money that was given back (takeout.txt, 6.4). */
export type Refund = {
  id: string;
  refundNo: string;
  orderId: string;
  paymentNo: string;
  amountFen: number;
  reason: string;
  createdAt: number;
};

/** Someone who brings orders. */
export type Driver = {
  id: string;
  /** The account the driver reports from. */
  userId: string;
  name: string;
  phone: string;
  isOnDuty: boolean;
  location: { latitude: number; longitude: number; reportedAt: number } | null;
};

/** Where a delivery stands; delivery/states.ts has the numbers. */
export type DeliveryState = "waiting" | "assigned" | "accepted" | "picked_up" | "delivered" | "cancelled";

/** The way of one order to the door (takeout.txt, 7). */
export type DeliveryTask = {
  id: string;
  orderId: string;
  driverId: string | null;
  state: DeliveryState;
  /** Six digits that the customer tells the driver at the door. */
  deliveryCode: string;
  createdAt: number;
  assignedAt: number | null;
  acceptedAt: number | null;
  pickedUpAt: number | null;
  deliveredAt: number | null;
};

/** A coupon that can be received (takeout.txt, 8.1). */
export type Coupon = {
  id: string;
  /** Null where every merchant takes it. */
  merchantId: string | null;
  name: string;
  discountFen: number;
  minOrderFen: number;
  totalCount: number;
  receivedCount: number;
  startsAt: number;
  expiresAt: number;
  createdAt: number;
};

/** A coupon that a user has received. */
export type UserCoupon = {
  id: string;
  couponId: string;
  userId: string;
  usedAt: number | null;
  createdAt: number;
};

/** What a customer says of an order (takeout.txt, 9). */
export type Review = {
  id: string;
  orderId: string;
  merchantId: string;
  userId: string;
  rating: number;
  tasteRating: number | null;
  packageRating: number | null;
  deliveryRating: number | null;
  content: string | null;
  images: string[];
  isAnonymous: boolean;
  reply: { content: string; at: number } | null;
  createdAt: number;
};

/** takeout.txt, 11.1 */
export const fileTypes = ["dish_image", "merchant_logo", "user_avatar", "review_image"] as const;

/** A picture that was uploaded (takeout.txt, 11.1). */
export type UploadedFile = {
  id: string;
  url: string;
  fileName: string;
  fileSize: number;
  type: (typeof fileTypes)[number];
  sha256: string;
  createdAt: number;
};
