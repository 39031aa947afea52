import type { Clock } from "../clock.ts";
import type { Vendor } from "../message.ts";
import { hexOf } from "../random.ts";
import { accountRoutes } from "./account/account-routes.ts";
import { createTokens } from "./account/tokens.ts";
import { dishRoutes } from "./catalog/dish-routes.ts";
import { merchantRoutes } from "./catalog/merchant-routes.ts";
import { deliveryRoutes } from "./delivery/delivery-routes.ts";
import { fileRoutes } from "./files/file-routes.ts";
import { statisticsRoutes } from "./insight/statistics-routes.ts";
import { couponRoutes } from "./marketing/coupon-routes.ts";
import { reviewRoutes } from "./marketing/review-routes.ts";
import { noticeSocket } from "./notices/notice-socket.ts";
import { orderRoutes } from "./orders/order-routes.ts";
import { createPaymentHouse, type PaymentHouse } from "./payments/payment-house.ts";
import { paymentRoutes } from "./payments/payment-routes.ts";
import { takeWechatResult } from "./payments/wechat-callback.ts";
import { refuseAt } from "./reply.ts";
import { endpointOf, type Route } from "./routes.ts";
import { credentialsOf } from "./seed/people.ts";
import { seedTenants } from "./seed/tenants.ts";
import type { World } from "./world.ts";

/** How the SaaS is set up. */
export type TakeoutOptions = {
  clock: Clock;
  seed: number;
  /** How long an access token lives by the client's clock; the document's two hours when left out. */
  tokenSeconds?: number;
  /** False takes the tenant from the token where no X-Tenant-Id comes: the document allows either. */
  isTenantHeaderRequired?: boolean;
};

/** The takeout SaaS, written from takeout.txt: every endpoint, the WebSocket, and a payment house that calls back. */
export function createTakeout(options: TakeoutOptions): Vendor {
  const { clock, seed, tokenSeconds = 7200, isTenantHeaderRequired = true } = options;
  const tenants = seedTenants({ seed, startedAt: clock.now() });
  const tokens = createTokens({
    secret: hexOf(`takeout token secret ${seed}`, 64),
    accessSeconds: tokenSeconds,
  });
  const world: World = { clock, tokens, tokenSeconds, isTenantHeaderRequired, tenants };
  const house = createPaymentHouse(clock, (result, at) => void takeWechatResult(world, result, at));
  const [main] = tenants;
  const { phone, password } = credentialsOf("main", seed);
  return {
    name: "takeout",
    endpoints: routesOf(house).map((route) => endpointOf(route, world)),
    socket: noticeSocket(world),
    refuse: (refusal) => refuseAt(clock.now(), refusal),
    environment: (mountUrl) => ({
      TAKEOUT_BASE_URL: `${mountUrl}/api/v1`,
      TAKEOUT_PHONE: phone,
      TAKEOUT_PASSWORD: password,
      TAKEOUT_LOGIN_TYPE: "merchant",
      TAKEOUT_TENANT_ID: main.id,
    }),
    // of the tenant that the environment names; a copy, so that nobody writes into the records
    holdings: () => structuredClone({ ...main.records }),
  };
}

/** In the order of the document. */
function routesOf(house: PaymentHouse): Route[] {
  return [
    ...accountRoutes,
    ...merchantRoutes,
    ...dishRoutes,
    ...orderRoutes,
    ...paymentRoutes(house),
    ...deliveryRoutes,
    ...couponRoutes,
    ...reviewRoutes,
    ...statisticsRoutes,
    ...fileRoutes,
  ];
}
