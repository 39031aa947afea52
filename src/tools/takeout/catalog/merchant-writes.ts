import type { App } from "../../../app.ts";
import type { Merchant, MerchantFields } from "../../../domain/takeout/catalog.ts";
import type { TakeoutCreated } from "../../../domain/takeout/page.ts";
import type { LookUp, WriteAttempt, WriteResult } from "../../../state/write-steps.ts";
import { wholeList } from "../read-whole-list.ts";
import { madeByOtherWrites } from "./made-before.ts";
import { setAgainMilliseconds } from "./set-again.ts";

/** How far the vendor's clock may be behind ours, its whole seconds included. */
const clockRoomMilliseconds = 5 * 60 * 1000;

/** More merchants of nearly one name than a look-up reads through. */
const mostNamesakes = 200;

type Saving<Fields> = { fields: Fields; requestId: string | undefined; signal: AbortSignal };

/**
 * Creates a merchant once. The vendor takes no key, so a lost answer is looked up: one merchant of this name that was
 * created since and holds every given field. Nothing less proves it, and the create is never sent again.
 */
export async function createMerchantOnce(
  app: App,
  { fields, requestId, signal }: Saving<MerchantFields & { name: string }>,
): Promise<WriteResult<TakeoutCreated>> {
  const [store, takeout] = await Promise.all([app.store(), app.takeout()]);
  const lookUp = async ({ writeId, firstStartedAt }: WriteAttempt): Promise<LookUp<TakeoutCreated>> => {
    const others = await madeByOtherWrites(store, {
      tool: "save_merchant",
      naturalKey: fields.name,
      writeId,
    });
    const namesakes = await wholeList(mostNamesakes, (page) =>
      takeout.merchants.list({ ...page, keyword: fields.name }, { signal }),
    );
    const earliest = Date.parse(firstStartedAt) - clockRoomMilliseconds;
    const fresh = (namesakes ?? []).filter(
      ({ id, name, createdAt }) =>
        name === fields.name && createdAt !== null && Date.parse(createdAt) >= earliest && !others.has(id),
    );
    const [only] = fresh;
    if (!only || fresh.length > 1) return { found: false, isFinal: false };
    const merchant = await takeout.merchants.get(only.id, { signal });
    if (!showsAll(merchant, fields)) return { found: false, isFinal: false };
    return { found: true, outcome: { id: only.id, details: {} } };
  };
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
      send: () => takeout.merchants.create(fields, { signal }),
      lookUp,
      settleHint:
        "list_merchants with the name as keyword shows whether it is there; if it is not, a new request_id creates it.",
    },
  );
}

/**
 * Changes a merchant once. A PUT of the same values leaves the same merchant (takeout.txt, 1.1: standard methods), so
 * it may be sent again for a while; later it could undo what somebody changed in between.
 */
export async function updateMerchantOnce(
  app: App,
  { merchantId, fields, requestId, signal }: Saving<MerchantFields> & { merchantId: string },
): Promise<WriteResult<TakeoutCreated>> {
  const [store, takeout] = await Promise.all([app.store(), app.takeout()]);
  // No answer shows these two, so that reading can't tell whether they were set.
  const isReadable = fields.contactPerson === undefined && fields.businessLicense === undefined;
  return store.writes.once<TakeoutCreated>(
    {
      tool: "save_merchant",
      vendor: "takeout",
      requestId,
      arguments: { merchantId, fields },
      naturalKey: merchantId,
      signal,
    },
    {
      send: () => takeout.merchants.update(merchantId, fields, { signal }),
      lookUp: async () => {
        if (!isReadable || !showsAll(await takeout.merchants.get(merchantId, { signal }), fields))
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
