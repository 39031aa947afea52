import { type TakeoutAccount, verificationTypes } from "../../domain/takeout/account.ts";
import { choiceRule } from "../argument-rules.ts";
import type { VendorLine } from "../provider.ts";
import { refuseWrong, textRule } from "./argument-rules.ts";
import { writeStep } from "./calls.ts";
import { toCreated } from "./envelope.ts";

/** Accounts (takeout.txt, 2.3 and 2.4), over a line that needs no token. */
export function createAccount(line: VendorLine): TakeoutAccount {
  return {
    sendVerificationCode: async ({ phone, type }, { signal } = {}) => {
      refuseWrong(textRule("phone", phone), choiceRule("type", type, verificationTypes));
      await writeStep(line, {
        method: "POST",
        path: "/auth/send-code",
        json: { phone, type },
        settledBy: "Only the phone itself tells whether a code came; another one can be sent on purpose.",
        signal,
      });
    },
    register: async ({ phone, password, verificationCode, nickname }, { signal } = {}) => {
      refuseWrong(
        textRule("phone", phone),
        textRule("password", password),
        textRule("verification_code", verificationCode),
        textRule("nickname", nickname),
      );
      const answered = await writeStep(line, {
        method: "POST",
        path: "/auth/register",
        json: { phone, password, verificationCode, nickname },
        settledBy: "No read lists users: whether this phone can sign in tells whether the user is there.",
        signal,
      });
      return toCreated(answered, ["id", "userId"]);
    },
  };
}
