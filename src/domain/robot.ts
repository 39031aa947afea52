import type { Identifier } from "./identifier.ts";

/** 2^63 - 1: order numbers are the vendor's Long. */
const largestOrderSn = 9_223_372_036_854_775_807n;

/** Whether a text is an order number, with all its digits. */
export function isOrderSn(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= largestOrderSn;
}

/** A value that Yunji numbers: its number, our name for it and the document's own words; null for a number it does not list. */
export type Numbered<Name extends string> = { code: Identifier; name: Name | null; text: string | null };

/** How an order stands (yunji.txt, 订单状态对应关系). */
export type RobotOrderStatus =
  | "unpaid"
  | "awaiting_shipment"
  | "awaiting_receipt"
  | "received"
  | "cancelled"
  | "refunding"
  | "refunded"
  | "closed";

/** How a delivery task stands (yunji.txt, 任务状态对应关系). */
export type RobotTaskStatus =
  | "queued"
  | "delivering"
  | "cancelled"
  | "not_picked_up"
  | "picking_up"
  | "picked_up"
  | "exception"
  | "failed";

/** Who or what delivers (yunji.txt, OrderTaskInfoType, taskType). */
export type RobotTaskType = "staff_assisted" | "robot" | "cabinet_robot" | "no_delivery";

/** What kind of product it is (yunji.txt, OrderItemInfoType, productType). */
export type RobotProductType = "regular" | "gift" | "guest_supply";

/** What guest supplies are for (yunji.txt, GuestSuppliesListType, categoryId). */
export type GuestSupplyCategory = "toiletries" | "daily_necessities" | "medical_care";

/** What a place on the robots' map is (yunji.txt, PositionItemType, type). */
export type RobotPositionType = "normal" | "charger" | "elevator";

/** A product that the hotel sells. Prices are exact decimals in fen. */
export type RobotProduct = {
  productId: string;
  name: string | null;
  imageUrl: string | null;
  unitPriceFen: string | null;
  /** What it is sold for. */
  actualPriceFen: string | null;
  stock: number | null;
};

/** Some of a list that Yunji pages; `total` where it tells. */
export type RobotProductPage = { products: RobotProduct[]; total?: number };

/** Products as the hotel groups them. */
export type RobotProductGroup = {
  groupId: string;
  name: string | null;
  imageUrl: string | null;
  /** Exact decimal in fen. */
  lowestPriceFen: string | null;
  /** The weight that groups are sorted by. */
  sort: number | null;
  products: RobotProduct[];
};

/** A class of guest supplies, such as shower gel. */
type GuestSupply = {
  code: number;
  category: Numbered<GuestSupplyCategory>;
  name: string | null;
};

/** The classes of guest supplies, and the version of that list. */
export type GuestSupplyList = { version: number | null; supplies: GuestSupply[] };

/** A place on the robots' map; only those of type `normal` are rooms. */
export type RobotPosition = { name: string; type: Numbered<RobotPositionType> };

/** Who orders; the same `uidKey` (a room, a device, a phone number) is always the same user. */
export type NewRobotUser = {
  uidKey: string;
  mobilePhone?: string;
  userName?: string;
  storeId?: string;
};

/** An order to be made. It is prepaid (thirdPayType 3). */
export type NewRobotOrder = {
  userId: string;
  /** The configured hotel when left out. */
  storeId?: string;
  items: { productId: string; quantity: number }[];
  /** What is paid for the order, exact decimal in yuan. */
  amountYuan: string;
  /** A room, spelled as the robots' map has it. */
  recipientAddress: string;
  recipientPhone?: string;
  recipientName?: string;
};

/** What making an order answers. Order numbers have 64 bits, hence text. */
export type RobotOrderReceipt = {
  orderSn: string;
  createdAt: string;
  tasks: { taskId: string; createdAt: string | null }[];
};

/** Something that was ordered. */
export type RobotOrderItem = {
  productId: string;
  name: string | null;
  imageUrl: string | null;
  type: Numbered<RobotProductType> | null;
  /** For all of them together, exact decimal in yuan. */
  amountYuan: string | null;
  quantity: number;
  /** Exact decimal in fen. */
  unitPriceFen: string | null;
};

/** One delivery of an order. */
export type RobotTask = {
  taskId: string;
  status: Numbered<RobotTaskStatus>;
  type: Numbered<RobotTaskType> | null;
  /** The code that opens the robot, where the hotel asks for one. */
  pickupCode: string | null;
  createdAt: string | null;
  contents: { productId: string; name: string | null; imageUrl: string | null; quantity: number }[];
};

/** An order as it stands. */
export type RobotOrder = {
  orderSn: string;
  name: string | null;
  createdAt: string;
  status: Numbered<RobotOrderStatus>;
  items: RobotOrderItem[];
  tasks: RobotTask[];
  /** The total when it was ordered, exact decimal in yuan. */
  amountYuan: string | null;
  recipientAddress: string | null;
  recipientPhone: string | null;
  recipientName: string | null;
};
