import * as z from "zod";
import { type SaleStatus, saleStatuses, type TakeoutDishes } from "../../../domain/takeout/catalog.ts";
import { inItsTurn } from "../../earlier-writes.ts";
import { requestId, textIdentifier } from "../../fields.ts";
import { defineTool } from "../../tool.ts";
import { setAgainMilliseconds, setAgainNote } from "./set-again.ts";

export const setDishStatus = defineTool({
  name: "set_dish_status",
  title: "Put dishes on or off sale",
  description: "Puts dishes on sale or takes them off, all in one call. 菜品批量上下架、上架、下架",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    dish_ids: z.array(textIdentifier).min(1).max(100),
    status: z.enum(saleStatuses),
    request_id: requestId.optional(),
  }),
  output: z.object({
    dish_ids: z.array(z.string()),
    status: z.enum(saleStatuses),
    repeated: z
      .boolean()
      .optional()
      .describe("True: this call sent nothing; the status may have changed since the first"),
  }),
  async run({ dish_ids, status, request_id }, app, { signal }) {
    const [store, { dishes }] = await Promise.all([app.store(), app.takeout()]);
    const dishIds = [...new Set(dish_ids)].sort();
    const write = { tool: "set_dish_status", requestId: request_id };
    const setting = { dishIds, status };
    const concerns = (earlier: unknown) => isOtherwise(earlier, setting);
    const inTurn = await inItsTurn(app, { ...write, arguments: setting, concerns });
    const { repeated } = await store.writes.once<null>(
      { ...write, vendor: "takeout", arguments: inTurn, signal },
      {
        send: async () => {
          await dishes.setStatus(dishIds, status, { signal });
          return null;
        },
        lookUp: async () =>
          (await haveStatus(dishes, { dishIds, status, signal }))
            ? { found: true, outcome: null }
            : { found: false, isFinal: false },
        // The request names the status that shall be, not a change of it.
        resendIsSafe: ({ ageMilliseconds }) => ageMilliseconds < setAgainMilliseconds,
        settleHint:
          "get_dish shows each one's status. The same call within ten minutes sets it again; later use a new request_id.",
      },
    );
    const done = status === "on_sale" ? "on sale" : "off sale";
    return {
      data: { dish_ids: dishIds, status, ...(repeated && { repeated }) },
      text: `${dishIds.length} dishes are set ${done}${setAgainNote(repeated)}.`,
    };
  },
});

const keptSetting = z.object({ dishIds: z.array(z.string()), status: z.enum(saleStatuses) });

/** Whether an earlier call set one of these dishes to the other status, or was this very one. */
function isOtherwise(earlier: unknown, { dishIds, status }: z.infer<typeof keptSetting>): boolean {
  const kept = keptSetting.safeParse(earlier).data;
  if (!kept) return false;
  if (kept.status !== status) return kept.dishIds.some((dishId) => dishIds.includes(dishId));
  return kept.dishIds.join() === dishIds.join();
}

type Wanted = { dishIds: readonly string[]; status: SaleStatus; signal: AbortSignal };

/** Reads one after the other, up to the first that differs. */
async function haveStatus(dishes: TakeoutDishes, { dishIds, status, signal }: Wanted): Promise<boolean> {
  for (const dishId of dishIds) {
    const dish = await dishes.get(dishId, { signal });
    if (dish.saleStatus !== status) return false;
  }
  return true;
}
