import type { UnassignedReason } from "../../domain/plan.ts";

/** The languages a picture can be in. */
export type PictureLocale = "zh-CN" | "en";

/** Everything a picture says of its own, in one language. */
export type Words = {
  title(area: string | null): string;
  revision(revision: number): string;
  vehicles(count: number): string;
  unusedVehicles(count: number): string;
  moreVehicles(count: number): string;
  stops(count: number): string;
  stop(sequence: number): string;
  shipmentsAssigned(count: number): string;
  departs(clock: string): string;
  finishes(clock: string): string;
  kilometers(distance: string): string;
  meters(distance: string): string;
  duration(hours: number, minutes: number): string;
  depot: string;
  north: string;
  returnLeg: string;
  rings: string;
  total: string;
  noRoutes: string;
  unassigned(count: number): string;
  reasons: Record<UnassignedReason, string>;
  withoutPosition(count: number): string;
  overOneVehicle(count: number): string;
  more(count: number): string;
  /** Between the parts of a sentence, between the items of a list, after a heading. */
  comma: string;
  listComma: string;
  colon: string;
};

const chinese: Words = {
  title: (area) => (area === null ? "配送计划" : `${area} 配送计划`),
  revision: (revision) => `第 ${revision} 版`,
  vehicles: (count) => `${count} 辆车`,
  unusedVehicles: (count) => `${count} 辆未用`,
  moreVehicles: (count) => `另有 ${count} 辆车的装载未画出`,
  stops: (count) => `${count} 站`,
  stop: (sequence) => `第 ${sequence} 站`,
  shipmentsAssigned: (count) => `${count} 单已安排`,
  departs: (clock) => `${clock} 出发`,
  finishes: (clock) => `${clock} 完成`,
  kilometers: (distance) => `${distance} 公里`,
  meters: (distance) => `${distance} 米`,
  duration: (hours, minutes) => (hours === 0 ? `${minutes} 分钟` : `${hours} 小时 ${minutes} 分`),
  depot: "仓库",
  north: "北",
  returnLeg: "返回仓库",
  rings: "圆圈：距仓库的直线距离",
  total: "合计",
  noRoutes: "没有路线",
  unassigned: (count) => `未安排 ${count} 单`,
  reasons: {
    unmapped_item: "货品没有对应材料",
    no_quantity: "没有数量",
    no_vehicle_for_material: "没有能装该材料的车",
    larger_than_any_vehicle: "超过任何一辆车",
    lock_impossible: "锁定无法满足",
    rules_conflict: "规则之间冲突",
    time_window: "赶不上时间窗",
    route_time: "超过路线时长",
    stop_limit: "超过站数上限",
    fleet_full: "车队已装满",
    not_worth_it: "送货成本高于不送的代价",
    search_ended: "计算时间内未能安排",
    removed: "已移除",
    vehicle_withdrawn: "车辆停用",
  },
  withoutPosition: (count) => `${count} 站没有坐标，不在地图上`,
  overOneVehicle: (count) => `${count} 辆车各材料比例之和超过 100%（各材料按独立容量计算，请确认装得下）`,
  more: (count) => `另有 ${count} 项`,
  comma: "，",
  listComma: "、",
  colon: "：",
};

const english: Words = {
  title: (area) => (area === null ? "Delivery plan" : `Delivery plan ${area}`),
  revision: (revision) => `revision ${revision}`,
  vehicles: (count) => counted(count, "vehicle"),
  unusedVehicles: (count) => `${count} unused`,
  moreVehicles: (count) => `The loads of ${counted(count, "more vehicle")} are not drawn`,
  stops: (count) => counted(count, "stop"),
  stop: (sequence) => `stop ${sequence}`,
  shipmentsAssigned: (count) => `${counted(count, "shipment")} assigned`,
  departs: (clock) => `departs ${clock}`,
  finishes: (clock) => `done ${clock}`,
  kilometers: (distance) => `${distance} km`,
  meters: (distance) => `${distance} m`,
  duration: (hours, minutes) => (hours === 0 ? `${minutes} min` : `${hours} h ${minutes} min`),
  depot: "Depot",
  north: "N",
  returnLeg: "back to the depot",
  rings: "circles: straight distance from the depot",
  total: "Total",
  noRoutes: "No routes",
  unassigned: (count) => `${counted(count, "shipment")} unassigned`,
  reasons: {
    unmapped_item: "no material known",
    no_quantity: "no quantity",
    no_vehicle_for_material: "no vehicle for the material",
    larger_than_any_vehicle: "larger than any vehicle",
    lock_impossible: "lock cannot be kept",
    rules_conflict: "rules keep it off every vehicle",
    time_window: "time window missed",
    route_time: "route too long",
    stop_limit: "too many stops",
    fleet_full: "fleet full",
    not_worth_it: "costs more than to leave it out",
    search_ended: "the search ended before a place was found",
    removed: "taken out by hand",
    vehicle_withdrawn: "its vehicle is out of service",
  },
  withoutPosition: (count) => `${counted(count, "stop")} without a position, not on the map`,
  overOneVehicle: (count) =>
    `${counted(count, "vehicle")} above 100% over all materials (each is counted on its own: check that they fit)`,
  more: (count) => `${count} more`,
  comma: ", ",
  listComma: ", ",
  colon: ": ",
};

/** The words of a language. */
export function wordsOf(locale: PictureLocale): Words {
  return locale === "zh-CN" ? chinese : english;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
