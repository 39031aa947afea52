import * as z from "zod";
import { oneLine } from "../../../domain/vendor-text.ts";
import { sha256, tagOf } from "../../../state/fingerprint.ts";
import { plainText, requestId } from "../../fields.ts";
import { repeatedAnswer } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { accountPhone } from "./account-fields.ts";

export const registerUser = defineTool({
  name: "register_user",
  title: "Register a takeout user",
  description:
    "Registers a person at the takeout system under their phone, with the code that send_verification_code (type " +
    "register) sent there. The password is passed on and kept nowhere: use one that the person chose. 用户注册",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    phone: accountPhone,
    password: plainText(200),
    verification_code: plainText(20),
    nickname: plainText(60),
    request_id: requestId.optional(),
  }),
  output: z.object({
    phone: z.string(),
    user_id: z.string().nullable().describe("Null where the vendor tells none"),
    ...repeatedAnswer,
  }),
  async run({ phone, password, verification_code, nickname, request_id }, app, { signal }) {
    const [store, takeout] = await Promise.all([app.store(), app.takeout()]);
    const user = { phone, password, verificationCode: verification_code, nickname };
    const { outcome, repeated } = await store.writes.once<{ userId: string | null }>(
      {
        tool: "register_user",
        vendor: "takeout",
        requestId: request_id,
        arguments: recordedArguments(user),
        naturalKey: tagOf(phone),
        signal,
      },
      {
        // Not what else the vendor answers: it may hold the password.
        send: async () => ({ userId: (await takeout.account.register(user, { signal })).id }),
        settleHint:
          "No read shows users: ask the person to sign in; if that fails, send a new code and register with it.",
      },
    );
    const kept = repeated ? " (repeated: nothing was sent now, and the first call's password holds)" : "";
    return {
      data: { phone, user_id: outcome.userId, ...(repeated && { repeated }) },
      text: `User ${oneLine(outcome.userId ?? "of a number not told")} is registered for ${phone}${kept}.`,
    };
  },
});

/**
 * What decides a repeat. The password is left out: even a hash would let a weak one be guessed from the ledger. A new
 * code makes a new attempt, of which the vendor lets one through, since a phone is one account; a digest tells codes
 * apart, and by the time anyone could undo it the code is spent.
 */
function recordedArguments({
  phone,
  verificationCode,
  nickname,
}: {
  phone: string;
  verificationCode: string;
  nickname: string;
}) {
  return { phone, nickname, codeDigest: sha256(`${phone} ${verificationCode}`) };
}
