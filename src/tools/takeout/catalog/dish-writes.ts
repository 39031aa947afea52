import type { App } from "../../../app.ts";
import type { DishFields } from "../../../domain/takeout/catalog.ts";
import type { TakeoutCreated } from "../../../domain/takeout/page.ts";
import type { LookUp, WriteAttempt, WriteResult } from "../../../state/write-steps.ts";
import { wholeList } from "../read-whole-list.ts";
import { showsAllOfDish } from "./dish-comparison.ts";
import { madeByOtherWrites } from "./made-before.ts";
import { setAgainMilliseconds } from "./set-again.ts";

/** More dishes of nearly one name than a look-up reads through. */
const mostNamesakes = 200;

type Saving<Fields> = { fields: Fields; requestId: string | undefined; signal: AbortSignal };

/** A dish that can be created. */
export type NewDish = DishFields & { merchantId: string; name: string };

/**
 * Creates a dish once. The vendor takes no key and shows no creation time, so the menu is read just before: one dish of
 * this name that was not there then and holds every given field is the one. A later call, which has not seen the menu
 * of then, can't tell it from an older dish; the create is never sent again.
 */
export async function createDishOnce(
  app: App,
  { fields, requestId, signal }: Saving<NewDish>,
): Promise<WriteResult<TakeoutCreated>> {
  const [store, takeout] = await Promise.all([app.store(), app.takeout()]);
  const naturalKey = `${fields.merchantId} ${fields.name}`;
  const findNamesakes = async () => {
    const found = await wholeList(mostNamesakes, (page) =>
      takeout.dishes.list({ ...page, merchantId: fields.merchantId, keyword: fields.name }, { signal }),
    );
    return found?.filter(({ name }) => name === fields.name).map(({ id }) => id);
  };
  let before: string[] | undefined;
  const lookUp = async ({ writeId }: WriteAttempt): Promise<LookUp<TakeoutCreated>> => {
    const now = before && (await findNamesakes());
    const others = await madeByOtherWrites(store, { tool: "save_dish", naturalKey, writeId });
    const fresh = (now ?? []).filter((id) => !before?.includes(id) && !others.has(id));
    const [only] = fresh;
    if (only === undefined || fresh.length > 1) return { found: false, isFinal: false };
    const dish = await takeout.dishes.get(only, { signal });
    if (!showsAllOfDish(dish, fields)) return { found: false, isFinal: false };
    return { found: true, outcome: { id: only, details: {} } };
  };
  return store.writes.once<TakeoutCreated>(
    { tool: "save_dish", vendor: "takeout", requestId, arguments: fields, naturalKey, signal },
    {
      send: async () => {
        // Without it a lost answer stays unknown, which is no reason to refuse the dish.
        before = await findNamesakes().catch(() => undefined);
        return takeout.dishes.create(fields, { signal });
      },
      lookUp,
      settleHint:
        "list_dishes with the name as keyword shows whether it is there; if it is not, a new request_id creates it.",
    },
  );
}

/**
 * Changes a dish once. A PUT of the same values leaves the same dish (takeout.txt, 1.1: standard methods), so it may be
 * sent again for a while; never with a stock, which sales have counted down since.
 */
export async function updateDishOnce(
  app: App,
  { dishId, fields, requestId, signal }: Saving<DishFields> & { dishId: string },
): Promise<WriteResult<TakeoutCreated>> {
  const [store, takeout] = await Promise.all([app.store(), app.takeout()]);
  // No answer shows it, so that reading can't tell whether it was set.
  const isReadable = fields.categoryId === undefined;
  const setsStock = fields.stock !== undefined || fields.specs?.some(({ stock }) => stock !== undefined);
  return store.writes.once<TakeoutCreated>(
    {
      tool: "save_dish",
      vendor: "takeout",
      requestId,
      arguments: { dishId, fields },
      naturalKey: dishId,
      signal,
    },
    {
      send: () => takeout.dishes.update(dishId, fields, { signal }),
      lookUp: async () => {
        if (!isReadable || !showsAllOfDish(await takeout.dishes.get(dishId, { signal }), fields))
          return { found: false, isFinal: false };
        return { found: true, outcome: { id: dishId, details: {} } };
      },
      resendIsSafe: ({ ageMilliseconds }) => !setsStock && ageMilliseconds < setAgainMilliseconds,
      settleHint: setsStock
        ? "get_dish shows what it holds now; a new request_id sets it again."
        : "get_dish shows what it holds now. The same call within ten minutes sets the same values; later use a new request_id.",
    },
  );
}
