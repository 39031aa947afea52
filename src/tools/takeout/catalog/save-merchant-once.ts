import type { App } from "../../../app.ts";
import type { Merchant, MerchantFields, TakeoutMerchants } from "../../../domain/takeout/catalog.ts";
import type { TakeoutCreated } from "../../../domain/takeout/page.ts";
import type { LookUp, WriteAttempt, WriteResult } from "../../../state/writes/write-steps.ts";
import { inItsTurn } from "../../earlier-writes.ts";
import { sentByVendorsClock } from "../../sent-at.ts";
import { arrivalWindow, isWithin } from "../arrival-window.ts";
import { wholeList } from "../read-whole-list.ts";
import { setAgainMilliseconds, setsOtherwise } from "./set-again.ts";

/** More merchants of nearly one name than a look-up reads through. */
const mostNamesakes = 200;

type Saving<Fields> = { fields: Fields; requestId: string | undefined; signal: AbortSignal };

/** A merchant that can be created. */
type NewMerchant = MerchantFields & { name: string };

/**
 * Creates a merchant once. The vendor takes no key, so a lost answer is looked up: one merchant of this name that was
 * created then and holds every given field. Nothing less proves it, and the create is never sent again.
 */
export async function createMerchantOnce(
  app: App,
  { fields, requestId, signal }: Saving<NewMerchant>,
): Promise<WriteResult<TakeoutCreated>> {
  const [store, { merchants, vendorNow }] = await Promise.all([app.store(), app.takeout()]);
  return store.writes.once<TakeoutCreated>(
    {
      tool: "save_merchant",
      vendor: "takeout",
      requestId,
      arguments: fields,
      naturalKey: fields.name,
      signal,
    },
    {
      send: () => merchants.create(fields, { signal }),
      lookUp: (write) => {
        const sentAt = () => sentByVendorsClock(write, { vendorNow, now: app.now });
        return findCreated(merchants, fields, { ...write, sentAt, signal });
      },
      settleHint:
        "list_merchants with the name as keyword shows whether it is there; if it is not, a new request_id creates it.",
    },
  );
}

type Search = WriteAttempt & {
  otherOutcomes: TakeoutCreated[];
  /** When it was first sent, by the vendor's clock once it has answered. */
  sentAt: () => number;
  signal: AbortSignal;
};

async function findCreated(
  merchants: TakeoutMerchants,
  fields: NewMerchant,
  { otherOutcomes, sentAt, signal }: Search,
): Promise<LookUp<TakeoutCreated>> {
  const namesakes = await wholeList(mostNamesakes, (page) =>
    merchants.list({ ...page, keyword: fields.name }, { signal }),
  );
  const others = new Set(otherOutcomes.map(({ id }) => id));
  const window = arrivalWindow(sentAt());
  const fresh = (namesakes ?? []).filter(
    ({ id, name, createdAt }) => name === fields.name && isWithin(createdAt, window) && !others.has(id),
  );
  const [only] = fresh;
  if (!only || fresh.length > 1) return { found: false, isFinal: false };
  const merchant = await merchants.get(only.id, { signal });
  if (!showsAll(merchant, fields)) return { found: false, isFinal: false };
  return { found: true, outcome: { id: only.id, details: {} } };
}

/**
 * Changes a merchant once. A PUT of the same values leaves the same merchant (takeout.txt, 1.1: standard methods), so
 * it may be sent again for a while; later it could undo what somebody changed in between.
 */
export async function updateMerchantOnce(
  app: App,
  { merchantId, fields, requestId, signal }: Saving<MerchantFields> & { merchantId: string },
): Promise<WriteResult<TakeoutCreated>> {
  const [store, { merchants }] = await Promise.all([app.store(), app.takeout()]);
  const write = { tool: "save_merchant", requestId, naturalKey: merchantId };
  const change = { merchantId, fields };
  const concerns = (earlier: unknown) => setsOtherwise(earlier, fields);
  // No answer shows these two, so that reading can't tell whether they were set.
  const isReadable = fields.contactPerson === undefined && fields.businessLicense === undefined;
  return store.writes.once<TakeoutCreated>(
    {
      ...write,
      vendor: "takeout",
      arguments: await inItsTurn(app, { ...write, arguments: change, concerns }),
      signal,
    },
    {
      send: () => merchants.update(merchantId, fields, { signal }),
      lookUp: async () => {
        if (!isReadable || !showsAll(await merchants.get(merchantId, { signal }), fields))
          return { found: false, isFinal: false };
        return { found: true, outcome: { id: merchantId, details: {} } };
      },
      resendIsSafe: ({ ageMilliseconds }) => ageMilliseconds < setAgainMilliseconds,
      settleHint:
        "get_merchant shows what it holds now. The same call within ten minutes sets the same values; later use a new request_id.",
    },
  );
}

/** Whether the merchant holds every given field that the vendor shows. */
function showsAll(merchant: Merchant, fields: MerchantFields): boolean {
  const shown = [
    [fields.name, merchant.name],
    [fields.logo, merchant.logo],
    [fields.description, merchant.description],
    [fields.contactPhone, merchant.contactPhone],
  ];
  return shown.every(([given, held]) => given === undefined || given === held);
}
