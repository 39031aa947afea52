import { randomUUID } from "node:crypto";
import type { SigningScope, YunjiSettings } from "../../domain/vendor-settings.ts";
import { type Http, openLine, type VendorCheck, type VendorLine } from "../provider.ts";
import { createVendorClock } from "../vendor-clock.ts";
import { checkedText } from "./arguments.ts";
import { checkDeployment } from "./check.ts";
import { yunjiErrors } from "./errors.ts";
import { createGoods, type YunjiGoods } from "./goods.ts";
import { createHotel, type YunjiHotel } from "./hotel.ts";
import { createOrders, type YunjiOrders } from "./orders.ts";
import type { StoreOf } from "./request.ts";
import { exactKeys } from "./schemas.ts";
import { signRequests } from "./sign.ts";

/** Hotel delivery robots (yunji.txt). */
export type YunjiClient = YunjiGoods &
  YunjiOrders &
  YunjiHotel & {
    /** The vendor's time, epoch milliseconds: ours until an answer has told it. */
    vendorNow: () => number;
    /** Reads the positions, and finds out which signing scope the deployment takes. */
    check: (signal?: AbortSignal) => Promise<VendorCheck>;
    close: () => Promise<void>;
  };

/** A client of one account; it opens no connection before its first call. `nonce` gives another text at every call. */
export function createYunji(
  settings: YunjiSettings,
  http: Http,
  nonce: () => string = randomUUID,
): YunjiClient {
  const vendorClock = createVendorClock(http.clock);
  const open = (scope: SigningScope): VendorLine => {
    const signer = { ...settings, scope, nonce, clock: http.clock };
    const profile = {
      vendor: "yunji",
      label: "Yunji",
      baseUrl: settings.baseUrl,
      errors: yunjiErrors,
      secrets: [settings.accessKeyId, settings.accessKeySecret],
      signatureMembers: ["signature"],
      sign: signRequests(signer, vendorClock),
      exactKeys,
    } as const;
    return openLine(profile, http, vendorClock);
  };
  const { storeId, signing: scope } = settings;
  const line = open(scope);
  const storeOf: StoreOf = (call) => checkedText("store_id", call.storeId ?? storeId);
  return {
    ...createGoods(line, storeOf),
    ...createOrders(line, storeOf),
    ...createHotel(line, storeOf),
    vendorNow: vendorClock.now,
    check: (signal) => checkDeployment({ line, openScope: open, scope, storeId, signal }),
    close: line.close,
  };
}
