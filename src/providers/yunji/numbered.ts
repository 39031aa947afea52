import type { Identifier } from "../../domain/identifier.ts";
import type {
  GuestSupplyCategory,
  Numbered,
  RobotOrderStatus,
  RobotPositionType,
  RobotProductType,
  RobotTaskStatus,
  RobotTaskType,
} from "../../domain/robot.ts";

/** Our name and the document's words for each number that it lists. */
type Listing<Name extends string> = Readonly<Record<number, readonly [name: Name, text: string]>>;

/** yunji.txt, 订单状态对应关系 */
export const orderStatuses: Listing<RobotOrderStatus> = {
  0: ["unpaid", "未付款"],
  1: ["awaiting_shipment", "待发货"],
  2: ["awaiting_receipt", "待收货"],
  3: ["received", "已收货"],
  5: ["cancelled", "已取消"],
  6: ["refunding", "退款中"],
  7: ["refunded", "已退款"],
  8: ["closed", "已关闭"],
};

/** yunji.txt, 任务状态对应关系 */
export const taskStatuses: Listing<RobotTaskStatus> = {
  0: ["queued", "排队中"],
  1: ["delivering", "送货中"],
  3: ["cancelled", "任务取消"],
  4: ["not_picked_up", "用户未取物"],
  5: ["picking_up", "取货中"],
  6: ["picked_up", "已取货"],
  7: ["exception", "任务异常"],
  8: ["failed", "任务失败"],
};

/** yunji.txt, OrderTaskInfoType参数说明, taskType */
export const taskTypes: Listing<RobotTaskType> = {
  0: ["staff_assisted", "发货员协同派送"],
  1: ["robot", "机器人自动派送"],
  2: ["cabinet_robot", "货柜机器人派送"],
  3: ["no_delivery", "无需派送"],
};

/** yunji.txt, OrderItemInfoType参数说明, productType */
export const productTypes: Listing<RobotProductType> = {
  1: ["regular", "普通商品"],
  2: ["gift", "赠品"],
  3: ["guest_supply", "客需品"],
};

/** yunji.txt, GuestSuppliesListType参数说明, categoryId; the third is in the vendor's current document */
export const supplyCategories: Listing<GuestSupplyCategory> = {
  1: ["toiletries", "洗护用品"],
  2: ["daily_necessities", "生活用品"],
  3: ["medical_care", "医护用品"],
};

/** yunji.txt, PositionItemType参数说明, type */
export const positionTypes: Listing<RobotPositionType> = {
  0: ["normal", "正常"],
  1: ["charger", "充电桩"],
  2: ["elevator", "电梯"],
};

/** The number with its name and words; one that the document does not list keeps both null. Digits in text count too. */
export function numbered<Name extends string>(listing: Listing<Name>, code: Identifier): Numbered<Name> {
  const plain = typeof code === "string" && /^\d{1,9}$/.test(code) ? Number(code) : code;
  const [name = null, text = null] = (typeof plain === "number" && listing[plain]) || [];
  return { code: plain, name, text };
}
