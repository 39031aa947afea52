import { fractionOf } from "../random.ts";
import type { TaskType } from "./seed/goods.ts";
import { fateOf } from "./seed/hotel.ts";

/** The states of a task (yunji.txt, 任务状态对应关系). */
export const taskStatuses = {
  queued: 0,
  delivering: 1,
  cancelled: 3,
  notTaken: 4,
  beingTaken: 5,
  taken: 6,
  exception: 7,
  failed: 8,
} as const;

export type TaskStatus = (typeof taskStatuses)[keyof typeof taskStatuses];

/** The pushes of yunji.txt, 消息推送, by the last part of their address. */
export type PushKind = "task-exception" | "arrived" | "dispensed" | "completed";

/** What a push on an exception tells. */
export type TaskError = { code: number; message: string };

/** One change of a task's state, some time after the one before it. */
export type Step = {
  afterSeconds: number;
  status: TaskStatus;
  push?: PushKind;
  /** With the push `task-exception`. */
  error?: TaskError;
  /** How long it will take from here to the door, as the vendor would estimate it. */
  arrivesInSeconds?: number;
};

/** A task to be delivered; `key` is what its times are drawn from. */
export type Delivery = { taskType: TaskType; room: string; jams: boolean; key: string };

/** Code and text of the document's own example; the others are invented. */
const dispenserJam: TaskError = { code: 1290, message: "出货失败" };
const liftFailure: TaskError = { code: 1401, message: "机器人乘梯失败" };
const guestAbsent: TaskError = { code: 1402, message: "用户未取物" };

const { delivering, notTaken, beingTaken, taken, exception, failed } = taskStatuses;
const stallSeconds = 600;
const waitAtDoorSeconds = 300;

/** Everything that will happen to a task unless its order is cancelled. */
export function scriptOf(delivery: Delivery): Step[] {
  const { taskType, room, jams } = delivery;
  const queueSeconds = 60 + Math.floor(fractionOf(`${delivery.key} queue`) * 90);
  const travel = travelSeconds(room);
  if (taskType === 3) return [{ afterSeconds: 30, status: taken, push: "completed" }];
  const departure: Step = { afterSeconds: queueSeconds, status: delivering, arrivesInSeconds: travel };
  if (taskType === 0) return [departure, { afterSeconds: travel, status: taken, push: "completed" }];
  if (taskType === 1) return [departure, ...robotSteps(room, travel)];
  const dispensing: Step = { ...departure, push: "dispensed" };
  if (!jams) return [dispensing, ...robotSteps(room, travel)];
  return [dispensing, { afterSeconds: 20, status: failed, push: "task-exception", error: dispenserJam }];
}

/** How long a task is expected to wait for its robot and be on its way, before anything went wrong. */
export function expectedSeconds(script: readonly Step[]): number {
  const [first] = script;
  return first ? first.afterSeconds + (first.arrivesInSeconds ?? 0) : 0;
}

function robotSteps(room: string, travel: number): Step[] {
  const arrival = (afterSeconds: number): Step => ({ afterSeconds, status: beingTaken, push: "arrived" });
  const collection: Step = { afterSeconds: 75, status: taken, push: "completed" };
  const half = travel / 2;
  const breakdown: Step = {
    afterSeconds: half,
    status: exception,
    push: "task-exception",
    error: liftFailure,
  };
  const recovery: Step = { afterSeconds: stallSeconds, status: delivering, arrivesInSeconds: half };
  const absence: Step = {
    afterSeconds: waitAtDoorSeconds,
    status: notTaken,
    push: "task-exception",
    error: guestAbsent,
  };
  const steps = {
    collected: [arrival(travel), collection],
    uncollected: [arrival(travel), absence],
    stalled: [breakdown, recovery, arrival(half), collection],
    stuck: [breakdown],
  };
  return steps[fateOf(room)];
}

/** The lift takes twenty seconds a floor, the corridor two a door. */
function travelSeconds(room: string): number {
  const [, floor = "1", door = "0"] = /^(\d{2})(\d{2})$/.exec(room) ?? [];
  return 60 + Number(floor) * 20 + Number(door) * 2;
}
