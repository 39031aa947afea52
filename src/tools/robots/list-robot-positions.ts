import * as z from "zod";
import { quote } from "../../domain/vendor-text.ts";
import { page, pageAnswer } from "../fields.ts";
import { decodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { sliceOf } from "../whole-list.ts";
import { nameOfCode, numberedAnswer } from "./robot-fields.ts";

export const listRobotPositions = defineTool({
  name: "list_robot_positions",
  title: "List the robots' positions",
  description:
    "Lists the places on the robots' map: those of type normal are rooms that an order can go to, spelled exactly so; " +
    "others are chargers and elevators. create_robot_order checks the room by itself. 机器人点位、房间、客房",
  access: "read",
  vendor: "yunji",
  input: z.strictObject({
    type: z.number().int().min(0).max(1_000).optional().describe("Kind of task: 1 (delivery) when left out"),
    ...page,
  }),
  output: z.object({
    positions: z.array(z.object({ name: z.string(), type: numberedAnswer })),
    ...pageAnswer,
  }),
  async run({ type, limit = 100, cursor }, app, { signal }) {
    const offset = decodeOffset(cursor);
    const yunji = await app.yunji();
    const positions = await yunji.listPositions({ type, signal });
    const { shown, paging } = sliceOf(positions, { offset, limit, toAnswer: (position) => position });
    const names = shown.map((position) =>
      position.type.name === "normal"
        ? quote(position.name)
        : `${quote(position.name)} (${nameOfCode(position.type)})`,
    );
    return {
      data: { positions: shown, ...paging },
      text: `${shown.length} of ${positions.length} positions: ${names.join(", ")}`,
    };
  },
});
