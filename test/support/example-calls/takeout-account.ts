import { randomInt } from "node:crypto";
import { z } from "zod";
import type { Example, ExampleWorld } from "./example.ts";

const sentCodes = z.object({ verificationCodes: z.array(z.object({ phone: z.string(), code: z.string() })) });

/** A phone that nobody has registered. */
const newPhone = () => `15${randomInt(100_000_000, 1_000_000_000)}`;

/** A good call of each tool over takeout accounts. */
export const takeoutAccountExamples: Record<string, Example> = {
  send_verification_code: async () => ({ phone: newPhone(), type: "register" }),
  register_user: async (client) => {
    const phone = newPhone();
    await client.call("send_verification_code", { phone, type: "register" });
    const verification_code = codeSentTo(phone, client);
    return { phone, password: "Tr0ub4dor&3", verification_code, nickname: "张三" };
  },
};

/** What the phone shows: the sandbox sends no messages, but holds what it would have sent. */
function codeSentTo(phone: string, { holdings }: ExampleWorld): string {
  const { verificationCodes } = sentCodes.parse(holdings("takeout"));
  const sent = verificationCodes.findLast((one) => one.phone === phone);
  if (!sent) throw new Error("no code was sent");
  return sent.code;
}
