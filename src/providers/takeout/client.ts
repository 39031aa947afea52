import type { TakeoutAccount } from "../../domain/takeout/account.ts";
import type { TakeoutDishes, TakeoutFiles, TakeoutMerchants } from "../../domain/takeout/catalog.ts";
import type { TakeoutDelivery } from "../../domain/takeout/delivery.ts";
import type { TakeoutStatistics } from "../../domain/takeout/insight.ts";
import type { ListenLive } from "../../domain/takeout/live.ts";
import type { TakeoutCoupons, TakeoutReviews } from "../../domain/takeout/marketing.ts";
import type { TakeoutOrders } from "../../domain/takeout/order.ts";
import type { TakeoutPayments } from "../../domain/takeout/payment.ts";
import type { TakeoutSettings } from "../../domain/vendor-settings.ts";
import { pipeline, type Step } from "../../pipeline/pipeline.ts";
import { authorize, withBearer } from "../access-token.ts";
import { type Http, measure, openLine, type VendorCheck, type VendorProfile } from "../provider.ts";
import { createAccount } from "./account.ts";
import { createCoupons } from "./coupons.ts";
import { createDelivery } from "./delivery.ts";
import { createDishes } from "./dishes.ts";
import { refusesToken } from "./envelope.ts";
import { registerErrors, signInErrors, takeoutErrors } from "./errors.ts";
import { createFiles } from "./files.ts";
import { createMerchants } from "./merchants.ts";
import { createOrders } from "./orders.ts";
import { createPayments } from "./payments.ts";
import { createReviews } from "./reviews.ts";
import { openTakeoutSocket } from "./socket.ts";
import { createStatistics } from "./statistics.ts";
import { createSessionTokens, signIn } from "./token.ts";
import { moneyKeys } from "./wire-fields.ts";

/** The takeout SaaS by the parts of its document (takeout.txt). */
export type TakeoutClient = {
  account: TakeoutAccount;
  merchants: TakeoutMerchants;
  dishes: TakeoutDishes;
  orders: TakeoutOrders;
  payments: TakeoutPayments;
  delivery: TakeoutDelivery;
  coupons: TakeoutCoupons;
  reviews: TakeoutReviews;
  statistics: TakeoutStatistics;
  files: TakeoutFiles;
  listen: ListenLive;
  /** The vendor's clock, epoch milliseconds, as far as its answers have told it. */
  vendorNow: () => number;
  /** Signs in. */
  check: (signal?: AbortSignal) => Promise<VendorCheck>;
  /** Ends what listens, then every connection. */
  close: () => Promise<void>;
};

/** A client of one account; it opens no connection and signs in nowhere before its first call. */
export function createTakeout(config: TakeoutSettings, http: Http): TakeoutClient {
  const headers = tenantHeaders(config);
  const profile: VendorProfile = {
    vendor: "takeout",
    label: "The takeout system",
    baseUrl: config.baseUrl,
    errors: takeoutErrors,
    secrets: [config.password],
    sign: withHeaders(headers),
    exactKeys: moneyKeys,
  };
  const bare = openLine(profile, http);
  const registerLine = { ...bare, profile: { ...profile, errors: registerErrors } };
  const signInLine = { ...bare, profile: { ...profile, errors: signInErrors } };
  const tokens = createSessionTokens(signInLine, config);
  const authorized = authorize(tokens, withBearer, refusesToken);
  const line = { ...bare, send: pipeline(bare.send, bare.deadline, authorized) };
  const live = createLive({ baseUrl: config.baseUrl, headers, tokens, http });

  return {
    account: createAccount(registerLine),
    merchants: createMerchants(line),
    dishes: createDishes(line),
    orders: createOrders(line),
    payments: createPayments(line),
    delivery: createDelivery(line),
    coupons: createCoupons(line),
    reviews: createReviews(line),
    statistics: createStatistics(line),
    files: createFiles(line),
    listen: live.listen,
    vendorNow: bare.vendorClock.now,
    check: (signal) => measure(bare, () => signIn(signInLine, config, signal)),
    close: async () => {
      await live.close();
      await bare.close();
    },
  };
}

/** takeout.txt, 1.2 */
function tenantHeaders({ tenantId }: TakeoutSettings): Record<string, string> {
  return tenantId === undefined ? {} : { "X-Tenant-Id": tenantId };
}

function withHeaders(headers: Record<string, string>): Step {
  return (next) => (request) => next({ ...request, headers: { ...headers, ...request.headers } });
}

/** Every listener of one client, so that closing ends them all. */
function createLive(socket: Parameters<typeof openTakeoutSocket>[0]) {
  const closing = new AbortController();
  const open = new Set<Promise<void>>();
  const listen: ListenLive = async (listener) => {
    const signal = AbortSignal.any([listener.signal, closing.signal]);
    const listening = openTakeoutSocket(socket, { ...listener, signal });
    open.add(listening);
    await listening.finally(() => open.delete(listening));
  };
  const close = async () => {
    closing.abort();
    await Promise.allSettled(open);
  };
  return { listen, close };
}
