import type { App } from "../../../app.ts";
import type { DishFields, TakeoutDishes } from "../../../domain/takeout/catalog.ts";
import type { TakeoutCreated } from "../../../domain/takeout/page.ts";
import type { LookUp, WriteResult } from "../../../state/writes/write-steps.ts";
import { inItsTurn } from "../../earlier-writes.ts";
import { wholeList } from "../read-whole-list.ts";
import { showsAllOfDish } from "./dish-comparison.ts";
import { setAgainMilliseconds, setsOtherwise } from "./set-again.ts";

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
  const [store, { dishes }] = await Promise.all([app.store(), app.takeout()]);
  const naturalKey = `${fields.merchantId} ${fields.name}`;
  let before: string[] | undefined;
  return store.writes.once<TakeoutCreated>(
    { tool: "save_dish", vendor: "takeout", requestId, arguments: fields, naturalKey, signal },
    {
      send: async () => {
        // Without it a lost answer stays unknown, which is no reason to refuse the dish.
        before = await findNamesakes(dishes, fields, signal).catch(() => undefined);
        return dishes.create(fields, { signal });
      },
      lookUp: async ({ otherOutcomes }) => {
        if (!before) return untold;
        const known = new Set([...before, ...otherOutcomes.map(({ id }) => id)]);
        return findCreated(dishes, fields, { known, signal });
      },
      settleHint:
        "list_dishes with the name as keyword shows whether it is there; if it is not, a new request_id creates it.",
    },
  );
}

const untold = { found: false, isFinal: false } as const;

/** The dishes of this name on the merchant's menu; undefined where it has too many to say. */
async function findNamesakes(
  dishes: TakeoutDishes,
  { merchantId, name: wanted }: NewDish,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const found = await wholeList(mostNamesakes, (page) =>
    dishes.list({ ...page, merchantId, keyword: wanted }, { signal }),
  );
  return found?.filter(({ name }) => name === wanted).map(({ id }) => id);
}

/** The one dish of this name that nothing else explains, if it holds every given field. */
async function findCreated(
  dishes: TakeoutDishes,
  fields: NewDish,
  { known, signal }: { known: ReadonlySet<string | null>; signal: AbortSignal },
): Promise<LookUp<TakeoutCreated>> {
  const fresh = ((await findNamesakes(dishes, fields, signal)) ?? []).filter((id) => !known.has(id));
  const [only] = fresh;
  if (only === undefined || fresh.length > 1) return untold;
  const dish = await dishes.get(only, { signal });
  return showsAllOfDish(dish, fields) ? { found: true, outcome: { id: only, details: {} } } : untold;
}

/**
 * Changes a dish once. A PUT of the same values leaves the same dish (takeout.txt, 1.1: standard methods), so it may be
 * sent again for a while; never with a stock, which sales have counted down since.
 */
export async function updateDishOnce(
  app: App,
  { dishId, fields, requestId, signal }: Saving<DishFields> & { dishId: string },
): Promise<WriteResult<TakeoutCreated>> {
  const [store, { dishes }] = await Promise.all([app.store(), app.takeout()]);
  const write = { tool: "save_dish", requestId, naturalKey: dishId };
  const change = { dishId, fields };
  const concerns = (earlier: unknown) => setsOtherwise(earlier, fields);
  // No answer shows it, so that reading can't tell whether it was set.
  const isReadable = fields.categoryId === undefined;
  const setsStock = fields.stock !== undefined || fields.specs?.some(({ stock }) => stock !== undefined);
  return store.writes.once<TakeoutCreated>(
    {
      ...write,
      vendor: "takeout",
      arguments: await inItsTurn(app, { ...write, arguments: change, concerns }),
      signal,
    },
    {
      send: () => dishes.update(dishId, fields, { signal }),
      lookUp: async () => {
        if (!isReadable || !showsAllOfDish(await dishes.get(dishId, { signal }), fields)) return untold;
        return { found: true, outcome: { id: dishId, details: {} } };
      },
      resendIsSafe: ({ ageMilliseconds }) => !setsStock && ageMilliseconds < setAgainMilliseconds,
      settleHint: setsStock
        ? "get_dish shows what it holds now; a new request_id sets it again."
        : "get_dish shows what it holds now. The same call within ten minutes sets the same values; later use a new request_id.",
    },
  );
}
