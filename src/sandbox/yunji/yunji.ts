import type { Callbacks } from "../callbacks.ts";
import type { Clock } from "../clock.ts";
import type { Answer, SandboxRequest, Vendor } from "../message.ts";
import { hexOf } from "../random.ts";
import { type Credentials, createAdmission } from "./admission.ts";
import { answerGoods, answerGoodsByGuestSupply, answerGroups, answerGuestSupplies } from "./goods-answers.ts";
import { holdingsOf } from "./holdings.ts";
import { createOrderBook } from "./order-book.ts";
import {
  answerByNumber,
  answerCancel,
  answerCreate,
  answerEstimate,
  answerOfUser,
  type OrderDesk,
} from "./order-endpoints.ts";
import { createPushTask } from "./pushes.ts";
import { answerWith, refuse, refuseAs, refuseParameter, refuseStore } from "./refusals.ts";
import { positions } from "./seed/hotel.ts";
import {
  readOptionalText,
  readParameters,
  readText,
  readWhole,
  type SentParameters,
} from "./sent-parameters.ts";
import { createShop } from "./shop.ts";
import type { SigningScope } from "./signature.ts";
import { createUsers, type Users } from "./users.ts";

/** How the robots' vendor starts. */
export type YunjiOptions = {
  clock: Clock;
  seed: number;
  callbacks: Callbacks;
  /** What of a request this deployment signs. */
  signing?: SigningScope;
  /** The account it hands out, else one of the seed. */
  credentials?: Credentials;
};

/**
 * A hotel with delivery robots, written from yunji.txt: goods, guests, orders, and robots that take their time, get
 * stuck and call back. Which goods are refused is in seed/goods-drafts.ts, which floors go wrong in seed/hotel.ts.
 */
export function createYunji(options: YunjiOptions): Vendor {
  const { clock, seed, callbacks, signing = "json", credentials = credentialsOf(seed) } = options;
  const shop = createShop(seed);
  const users = createUsers(seed);
  const orders = createOrderBook({ clock, seed, shop, push: createPushTask(callbacks) });
  const desk: OrderDesk = { clock, shop, users, orders, storeId: credentials.storeId };
  const admit = createAdmission({ clock, credentials, signing });
  const guarded = (answer: Answering) => (request: SandboxRequest) => {
    const parameters = readParameters(request);
    if (!parameters) return refuseAs("missingParameters", { message: "请求体必须是 JSON 对象" });
    return admit(request, parameters) ?? answer(parameters);
  };
  return {
    name: "yunji",
    endpoints: [...orderRoutes(desk), ...hotelRoutes(desk)].map(([method, path, answer]) => ({
      name: `${method} ${path}`,
      method,
      path: new RegExp(`^${path}$`),
      answer: guarded(answer),
    })),
    refuse,
    environment: (mountUrl) => ({
      YUNJI_BASE_URL: mountUrl,
      YUNJI_ACCESS_KEY_ID: credentials.accessKeyId,
      YUNJI_ACCESS_KEY_SECRET: credentials.accessKeySecret,
      YUNJI_STORE_ID: credentials.storeId,
      ...(signing !== "json" && { YUNJI_SIGNING: signing }),
    }),
    holdings: () => holdingsOf(users, orders),
  };
}

/** An answer to parameters whose signature was checked. */
type Answering = (parameters: SentParameters) => Answer;

/** Method and path as the document writes them. */
type Route = readonly [method: "GET" | "POST", path: string, answer: Answering];

function orderRoutes(desk: OrderDesk): Route[] {
  return [
    ["POST", "/v1/order/createPoiOrder", (parameters) => answerCreate(desk, parameters)],
    ["GET", "/v1/order/queryByOrderSN", (parameters) => answerByNumber(desk, parameters)],
    ["GET", "/v1/order/queryByUserId", (parameters) => answerOfUser(desk, parameters)],
    ["POST", "/v1/order/cancel", (parameters) => answerCancel(desk, parameters)],
    ["POST", "/v1/task/estimatedTime", (parameters) => answerEstimate(desk, parameters)],
  ];
}

function hotelRoutes({ storeId, shop, users }: OrderDesk): Route[] {
  const ofStore = (answer: Answering): Answering => {
    return (parameters) => {
      const sent = readText(parameters, "storeId");
      if (sent === undefined) return refuseParameter("storeId");
      return sent === storeId ? answer(parameters) : refuseStore();
    };
  };
  const answerSupplies = alternateSupplies();
  const answerUser = ofStore((parameters) => answerCreateUser(users, storeId, parameters));
  return [
    ["GET", "/v1/goods/queryByStore", ofStore((parameters) => answerGoods(shop, parameters))],
    ["GET", "/v1/goods/group/list", ofStore(() => answerGroups(shop))],
    ["GET", "/v1/goods/guestSuppliesList", answerSupplies],
    [
      "GET",
      "/v1/goods/queryByGuestSuppliesCode",
      ofStore((parameters) => answerGoodsByGuestSupply(shop, parameters)),
    ],
    ["POST", "/v1/user/createUser", answerUser],
    ["GET", "/v1/position/query", answerPositions],
  ];
}

/** The list's two names in turn, beginning with the document's. */
function alternateSupplies(): Answering {
  let asked = 0;
  return () => {
    asked += 1;
    return answerGuestSupplies(asked % 2 === 1 ? "guestSuppliesList" : "guestSuppliesCodeList");
  };
}

/** yunji.txt, 创建用户标识 */
function answerCreateUser(users: Users, storeId: string, parameters: SentParameters): Answer {
  const uidKey = readText(parameters, "uidKey");
  if (uidKey === undefined) return refuseParameter("uidKey");
  const mobilePhone = readOptionalText(parameters, "mobilePhone");
  if (mobilePhone === undefined) return refuseParameter("mobilePhone");
  const userName = readOptionalText(parameters, "userName");
  if (userName === undefined) return refuseParameter("userName");
  const { userId } = users.create({ storeId, uidKey, mobilePhone, userName });
  return answerWith({ userId });
}

/** 送物, the only kind of task that the document knows (yunji.txt, 根据送货类型返回门店下所有点位). */
const deliveryTask = "1";

function answerPositions(parameters: SentParameters): Answer {
  if (readWhole(parameters, "type") !== deliveryTask) return refuseParameter("type");
  return answerWith({ positions });
}

function credentialsOf(seed: number): Credentials {
  return {
    accessKeyId: hexOf(`yunji access key ${seed}`, 26),
    accessKeySecret: hexOf(`yunji access secret ${seed}`, 40),
    storeId: hexOf(`yunji store ${seed}`, 24),
  };
}
