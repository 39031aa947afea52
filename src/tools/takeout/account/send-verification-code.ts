import * as z from "zod";
import { verificationTypes } from "../../../domain/takeout/account.ts";
import { requestId } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { accountPhone } from "./account-fields.ts";

export const sendVerificationCode = defineTool({
  name: "send_verification_code",
  title: "Send a verification code",
  description:
    "Sends a code to a person's phone; only the person can read it, so ask them for it. Another code within ten " +
    "minutes needs a new request_id. 发送验证码",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    phone: accountPhone,
    type: z.enum(verificationTypes),
    request_id: requestId.optional(),
  }),
  output: z.object({ phone: z.string(), type: z.enum(verificationTypes), ...repeatedAnswer }),
  async run({ phone, type, request_id }, app, { signal }) {
    const [store, takeout] = await Promise.all([app.store(), app.takeout()]);
    const { repeated } = await store.writes.once(
      {
        tool: "send_verification_code",
        vendor: "takeout",
        requestId: request_id,
        arguments: { phone, type },
        signal,
      },
      {
        send: async () => {
          await takeout.account.sendVerificationCode({ phone, type }, { signal });
          return { phone, type };
        },
        settleHint:
          "No read shows it: ask the person whether a code came; if none did, send one with a new request_id.",
      },
    );
    return {
      data: { phone, type, ...(repeated && { repeated }) },
      text: `A code to ${type} is on its way to ${phone}${repeatedNote(repeated)}.`,
    };
  },
});
