/** A point that robots drive to or by (yunji.txt, 地点): type 0 is a usual one, 1 a charging pile, 2 a lift. */
export type Position = { name: string; type: "0" | "1" | "2" };

/** Floors and rooms of the hotel: 0301 to 1321. */
const floors = { from: 3, to: 13 } as const;
const roomsPerFloor = 21;

/**
 * How deliveries to a floor end. All others arrive and are collected, and so does whatever goes to the desk.
 * - 11: the guest does not come to the door (用户未取物).
 * - 12: the robot stalls in the lift and comes free by itself after ten minutes.
 * - 13: the lift is out of order; the robot is stuck (任务异常) until the order is cancelled.
 */
export type Fate = "collected" | "uncollected" | "stalled" | "stuck";

const fates: Record<string, Fate> = { "11": "uncollected", "12": "stalled", "13": "stuck" };

/** The fate of what is delivered to a position. */
export function fateOf(room: string): Fate {
  return fates[/^(\d{2})\d{2}$/.exec(room)?.[1] ?? ""] ?? "collected";
}

/** Every position of the hotel; what is wrong with a floor is in its lift's name. */
export const positions: readonly Position[] = [
  { name: "前台", type: "0" },
  { name: "大堂吧", type: "0" },
  ...roomNames().map((name): Position => ({ name, type: "0" })),
  { name: "充电桩1", type: "1" },
  { name: "充电桩2", type: "1" },
  { name: "1号电梯", type: "2" },
  { name: "2号电梯", type: "2" },
  { name: "12层电梯(偶发故障)", type: "2" },
  { name: "13层电梯(检修中)", type: "2" },
];

function roomNames(): string[] {
  const names: string[] = [];
  for (let floor = floors.from; floor <= floors.to; floor++) {
    for (let room = 1; room <= roomsPerFloor; room++) names.push(twoDigits(floor) + twoDigits(room));
  }
  return names;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
