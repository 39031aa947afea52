import * as z from "zod";
import { Failure } from "../../domain/failure.ts";
import { oneLine, quote } from "../../domain/vendor-text.ts";
import { requestId, textIdentifier, yuan } from "../fields.ts";
import { repeatedAnswer, repeatedNote } from "../repeated.ts";
import { defineTool } from "../tool.ts";
import { createRobotOrderOnce, isOnShownMap, type OrderOutcome } from "./create-robot-order-once.ts";
import { lineOfText, storeId } from "./robot-fields.ts";

const item = z.strictObject({
  product_id: textIdentifier,
  quantity: z.number().int().min(1).max(10_000),
});

export const createRobotOrder = defineTool({
  name: "create_robot_order",
  title: "Order a delivery by robot",
  description:
    "Orders goods that a robot brings to a room: goods leave the shelf, so ask the person first. Give user_id and " +
    "recipient_address, or a room alone for that room's own user. An unknown room is refused with the closest ones. " +
    "After a lost answer make the same call again: it never makes a second order. 机器人送货下单、客房送水送物 deliver to a room",
  access: "write",
  vendor: "yunji",
  input: z.strictObject({
    user_id: textIdentifier.optional().describe("From create_robot_user; the room's own user when left out"),
    room: textIdentifier.optional().describe("Instead of recipient_address"),
    recipient_address: textIdentifier
      .optional()
      .describe("Room exactly as list_robot_positions spells it, e.g. 0801"),
    recipient_phone: lineOfText(50).optional(),
    recipient_name: lineOfText(100).optional(),
    items: z.array(item).min(1).max(100).describe("product_id from list_robot_goods"),
    amount: yuan.describe("Paid for the whole order, in yuan, e.g. 12.00, as price_yuan of list_robot_goods"),
    store_id: storeId.optional(),
    request_id: requestId.optional(),
  }),
  output: z.object({
    order_sn: z.string(),
    created_at: z.string(),
    user_id: z.string(),
    tasks: z.array(z.object({ task_id: z.string(), created_at: z.string().nullable() })),
    room_unchecked: z
      .literal(true)
      .optional()
      .describe("The robots' map is that of the configured hotel: the vendor alone decided on the room"),
    ...repeatedAnswer,
  }),
  async run(input, app, { signal }) {
    const { user_id, store_id, recipient_phone, recipient_name } = input;
    const { room, field } = chosenRoom(input);
    const { outcome, repeated } = await createRobotOrderOnce(app, {
      order: {
        ...(user_id !== undefined && { userId: user_id }),
        ...(store_id !== undefined && { storeId: store_id }),
        items: input.items.map(({ product_id, quantity }) => ({ productId: product_id, quantity })),
        amountYuan: input.amount,
        recipientAddress: room,
        ...(recipient_phone !== undefined && { recipientPhone: recipient_phone }),
        ...(recipient_name !== undefined && { recipientName: recipient_name }),
      },
      roomField: field,
      requestId: input.request_id,
      signal,
    });
    const isUnchecked = !isOnShownMap(app, store_id);
    return {
      data: {
        order_sn: outcome.orderSn,
        created_at: outcome.createdAt,
        user_id: outcome.userId,
        tasks: outcome.tasks.map(({ taskId, createdAt }) => ({ task_id: taskId, created_at: createdAt })),
        ...(isUnchecked && { room_unchecked: true as const }),
        ...(repeated && { repeated }),
      },
      text: describe(outcome, { room, amount: input.amount, repeated }) + (isUnchecked ? uncheckedNote : ""),
    };
  },
});

const uncheckedNote =
  " The room was not looked up: the robots' map that the vendor shows is the configured hotel's.";

type RoomArguments = { room?: string | undefined; recipient_address?: string | undefined };

/** The room, and which argument gave it; two that differ are refused. */
function chosenRoom({ room, recipient_address: address }: RoomArguments): { room: string; field: string } {
  if (address !== undefined && (room === undefined || room === address)) {
    return { room: address, field: "recipient_address" };
  }
  if (room !== undefined && address === undefined) return { room, field: "room" };
  const isMissing = room === undefined;
  throw new Failure(
    "invalid_input",
    isMissing
      ? "The order has no room: `recipient_address` or `room` is missing."
      : "`room` and `recipient_address` differ, so nothing was ordered.",
    {
      hint: "Give recipient_address with user_id, or room alone; list_robot_positions shows the rooms.",
      fields: ["recipient_address", "room"],
    },
  );
}

type Told = { room: string; amount: string; repeated: boolean };

function describe({ orderSn, tasks }: OrderOutcome, { room, amount, repeated }: Told): string {
  const ids = tasks.slice(0, 10).map(({ taskId }) => oneLine(taskId));
  const which = ids.length === 0 ? "no task yet" : `tasks ${ids.join(", ")}`;
  return `Order ${orderSn} for room ${quote(room)}, ${amount} yuan: ${which}${repeatedNote(repeated)}.`;
}
