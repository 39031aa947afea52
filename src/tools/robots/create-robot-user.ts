import * as z from "zod";
import { oneLine } from "../../domain/vendor-text.ts";
import { requestId } from "../fields.ts";
import { repeatedAnswer, repeatedNote } from "../repeated.ts";
import { defineTool } from "../tool.ts";
import { lineOfText, storeId } from "./robot-fields.ts";

export const createRobotUser = defineTool({
  name: "create_robot_user",
  title: "Make or find a robot user",
  description:
    "Gives the user_id that belongs to a room, a device or a phone number: the same uid_key is always the same user. " +
    "create_robot_order does this by itself for a room. 创建机器人用户",
  access: "write",
  vendor: "yunji",
  input: z.strictObject({
    uid_key: lineOfText(200).describe(
      "What the user is known by: room number, device number or phone number",
    ),
    store_id: storeId.optional(),
    mobile_phone: lineOfText(50).optional().describe("With country code, e.g. 86-13800138000"),
    user_name: lineOfText(100).optional(),
    request_id: requestId.optional(),
  }),
  output: z.object({
    user_id: z.string(),
    ...repeatedAnswer,
  }),
  async run({ uid_key, store_id, mobile_phone, user_name, request_id }, app, { signal }) {
    const [store, yunji] = await Promise.all([app.store(), app.yunji()]);
    const user = {
      uidKey: uid_key,
      ...(store_id !== undefined && { storeId: store_id }),
      ...(mobile_phone !== undefined && { mobilePhone: mobile_phone }),
      ...(user_name !== undefined && { userName: user_name }),
    };
    const { outcome, repeated } = await store.writes.once<{ userId: string }>(
      { tool: "create_robot_user", vendor: "yunji", requestId: request_id, arguments: user, signal },
      {
        send: async () => ({ userId: await yunji.createUser(user, { signal }) }),
        resendIsSafe: () => true, // the identifier is made from uidKey (yunji.txt, 创建用户标识)
        settleHint: "Make the same call again: the same uid_key is always the same user.",
      },
    );
    return {
      data: { user_id: outcome.userId, ...(repeated && { repeated }) },
      text: `User ${oneLine(outcome.userId)}${repeatedNote(repeated)}.`,
    };
  },
});
