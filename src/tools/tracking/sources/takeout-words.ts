import type { ShipmentStatus } from "../../../domain/tracking.ts";

/**
 * What takeout's texts say of a delivery. Its document numbers the states without naming them, so only the vendor's
 * text is read, and only where it is, whole, a name of one of the document's steps or of the state that follows it
 * (takeout.txt, 5 to 7). Anything else stays unknown.
 */
const textsByStatus: readonly (readonly [ShipmentStatus, readonly string[]])[] = [
  [
    "planned",
    [
      "订单创建",
      "待支付",
      "支付成功",
      "已支付",
      "待接单",
      "商家接单",
      "商家已接单",
      "已接单",
      "开始制作",
      "制作中",
      "待分配",
    ],
  ],
  ["dispatched", ["待配送员接单", "配送员接单", "配送员已接单", "待取餐"]],
  ["in_transit", ["确认取餐", "配送员已取餐", "已取餐", "配送中"]],
  ["delivered", ["确认送达", "已送达", "订单完成", "已完成"]],
  ["cancelled", ["取消订单", "订单取消", "已取消"]],
];

const statusByText = new Map(
  textsByStatus.flatMap(([status, texts]) => texts.map((text) => [text, status] as const)),
);

/** The status that a text of takeout names; `unknown` for every other text. */
export function statusOfText(text: string | null): ShipmentStatus {
  return statusByText.get(text?.trim() ?? "") ?? "unknown";
}
