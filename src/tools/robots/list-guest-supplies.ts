import * as z from "zod";
import { quote } from "../../domain/vendor-text.ts";
import { page, pageAnswer } from "../fields.ts";
import { headline } from "../headline.ts";
import { decodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { sliceOf } from "../whole-list.ts";
import { nameOfCode, numberedAnswer } from "./robot-fields.ts";

export const listGuestSupplies = defineTool({
  name: "list_guest_supplies",
  title: "List classes of guest supplies",
  description:
    "Lists the classes of guest supplies (shower gel, water, slippers …) with their codes. " +
    "list_robot_goods takes a code as guest_supplies_code and gives the goods of that class. 客用品代码",
  access: "read",
  vendor: "yunji",
  input: z.strictObject({ ...page }),
  output: z.object({
    version: z.number().nullable().describe("Of the vendor's list"),
    supplies: z.array(z.object({ code: z.number(), category: numberedAnswer, name: z.string().nullable() })),
    ...pageAnswer,
  }),
  async run({ limit = 100, cursor }, app, { signal }) {
    const offset = decodeOffset(cursor);
    const yunji = await app.yunji();
    const { version, supplies } = await yunji.listGuestSupplies({ signal });
    const { shown, paging } = sliceOf(supplies, { offset, limit, toAnswer: (supply) => supply });
    const lines = shown.map(({ code, name, category }) => `${code} ${quote(name)} (${nameOfCode(category)})`);
    return {
      data: { version, supplies: shown, ...paging },
      text: [headline(shown.length, paging, "classes of guest supplies"), ...lines].join("\n"),
    };
  },
});
