import { randomUUID } from "node:crypto";
import type { CallOptions } from "../../domain/call-options.ts";
import type { NewRobotUser, RobotPosition } from "../../domain/robot.ts";
import { type Http, openLine, type VendorCheck, type VendorProfile } from "../provider.ts";
import { checkedCount, checkedText, checkUser } from "./arguments.ts";
import { checkDeployment } from "./check.ts";
import { yunjiErrors } from "./errors.ts";
import { createGoods, type YunjiGoods } from "./goods.ts";
import { numbered, positionTypes } from "./numbered.ts";
import { createOrders, type YunjiOrders } from "./orders.ts";
import { get, type InStore, post, type StoreOf, send } from "./request.ts";
import { estimateSchema, exactKeys, positionsSchema, userSchema } from "./schemas.ts";
import { type SigningScope, signRequests, type VendorClock } from "./sign.ts";

/** The account of a hotel, and how its deployment signs. */
export type YunjiConfig = {
  baseUrl: string;
  accessKeyId: string;
  accessKeySecret: string;
  /** The hotel, used where a call names none. */
  storeId: string;
  signing: SigningScope;
};

/** Hotel delivery robots (yunji.txt). */
export type YunjiClient = YunjiGoods &
  YunjiOrders & {
    /** Type 1 is delivery, the only one that the document names. */
    listPositions: (options?: CallOptions & { type?: number | undefined }) => Promise<RobotPosition[]>;
    /** The identifier of the user with this `uidKey`, made if there is none. */
    createUser: (user: NewRobotUser, options?: CallOptions) => Promise<string>;
    /** Seconds that the task will take, as the vendor reckons. */
    estimateTask: (task: InStore & { taskId: string }) => Promise<number>;
    /** The vendor's time, epoch milliseconds: ours until it has refused a timestamp. */
    vendorNow: () => number;
    /** Reads the positions, and finds out which signing scope the deployment takes. */
    check: (signal?: AbortSignal) => Promise<VendorCheck>;
    close: () => Promise<void>;
  };

/** A client of one account; it opens no connection before its first call. `nonce` gives another text at every call. */
export function createYunji(config: YunjiConfig, http: Http, nonce: () => string = randomUUID): YunjiClient {
  const vendorClock: VendorClock = { offsetMilliseconds: 0 };
  const profileFor = (scope: SigningScope): VendorProfile => ({
    vendor: "yunji",
    label: "Yunji",
    baseUrl: config.baseUrl,
    errors: yunjiErrors,
    secrets: [config.accessKeyId, config.accessKeySecret],
    sign: signRequests({ ...config, scope, nonce, clock: http.clock }, vendorClock),
    exactKeys,
  });
  const line = openLine(profileFor(config.signing), http);
  const storeOf: StoreOf = ({ storeId = config.storeId }) => checkedText(storeId, "store_id");
  return {
    ...createGoods(line, storeOf),
    ...createOrders(line, storeOf),
    listPositions: async ({ type = 1, signal } = {}) => {
      const wanted = checkedCount(type, "type", { from: 0, to: 1_000 });
      const request = { ...get("/v1/position/query", [["type", wanted]]), signal };
      const { positions } = await send(line, request, positionsSchema);
      return (positions ?? []).map((position) => ({
        name: position.name,
        type: numbered(positionTypes, position.type),
      }));
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
      const body = { storeId: storeOf(task), taskId: checkedText(task.taskId, "task_id") };
      const request = { ...post("/v1/task/estimatedTime", body), signal: task.signal };
      return (await send(line, request, estimateSchema)).data;
    },
    vendorNow: () => http.clock.now() + vendorClock.offsetMilliseconds,
    check: (signal) =>
      checkDeployment({
        line,
        openScope: (scope) => openLine(profileFor(scope), http),
        scope: config.signing,
        storeId: config.storeId,
        signal,
      }),
    close: line.close,
  };
}
