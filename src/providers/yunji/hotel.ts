import type { CallOptions } from "../../domain/call-options.ts";
import type { NewRobotUser, RobotPosition } from "../../domain/robot.ts";
import type { VendorLine } from "../provider.ts";
import { checkedCount, checkedText, checkUser } from "./arguments.ts";
import { numbered, positionTypes } from "./numbered.ts";
import { get, type InStore, type Named, post, type StoreOf, send } from "./request.ts";
import { estimateSchema, positionsSchema, userSchema } from "./schemas.ts";

/** Where robots go, for whom, and when they will be there (yunji.txt, 用户 and 点位). */
export type YunjiHotel = {
  /** Type 1 is delivery, the only one that the document names. */
  listPositions: (options?: CallOptions & { type?: number | undefined }) => Promise<RobotPosition[]>;
  /** The identifier of the user with this `uidKey`, made if there is none. */
  createUser: (user: NewRobotUser, options?: CallOptions) => Promise<string>;
  /** Seconds that the task will take, as the vendor reckons. */
  estimateTask: (task: InStore & { taskId: string }) => Promise<number>;
};

const namedTask: Named = {
  field: "task_id",
  what: "task with this identifier",
  hint: "Take task_id from get_robot_order or list_robot_orders; an order_sn is none.",
};

/** The part of a client that reads places, makes users and asks for times. */
export function createHotel(line: VendorLine, storeOf: StoreOf): YunjiHotel {
  return {
    listPositions: async ({ type = 1, signal } = {}) => {
      const wanted = checkedCount("type", type, { from: 0, to: 1_000 });
      const request = { ...get("/v1/position/query", [["type", wanted]]), signal };
      const { positions } = await send(line, request, positionsSchema);
      return (positions ?? []).map(({ name, type: code }) => ({ name, type: numbered(positionTypes, code) }));
    },
    createUser: async (user, { signal } = {}) => {
      checkUser(user);
      const { uidKey, mobilePhone, userName } = user;
      const request = {
        ...post("/v1/user/createUser", { uidKey, mobilePhone, userName, storeId: storeOf(user) }),
        isWrite: true,
        isRepeatable: true, // the identifier is made from uidKey (yunji.txt, 创建用户标识)
        settledBy: "Call create_robot_user again: the same uid_key is always the same user.",
        signal,
      };
      return (await send(line, request, userSchema)).userId;
    },
    estimateTask: async (task) => {
      const body = { storeId: storeOf(task), taskId: checkedText("task_id", task.taskId) };
      const request = { ...post("/v1/task/estimatedTime", body), named: namedTask, signal: task.signal };
      return (await send(line, request, estimateSchema)).data;
    },
  };
}
