import { describe, expect, test } from "vitest";
import { toErrorResult, toFailure } from "../../../../src/answers.ts";
import { registerUser } from "../../../../src/tools/takeout/account/register-user.ts";
import { sendVerificationCode } from "../../../../src/tools/takeout/account/send-verification-code.ts";
import { failureOf, wholeTextOf } from "../../../support/failures.ts";
import { openTakeoutDesk } from "../../../support/takeout-desk.ts";
import { lostEndings } from "../../../support/takeout-shop.ts";

const password = "Tr0ub4dor&3";
const user = { phone: "13900139000", password, verification_code: "830216", nickname: "李四" };
const code = { phone: "13900139000", type: "register" };

describe("send_verification_code", () => {
  test("sends one code, and another one only under a new request_id", async () => {
    const { call, shop } = await openTakeoutDesk();
    expect((await call(sendVerificationCode, code)).data).toEqual(code);
    expect((await call(sendVerificationCode, code)).data).toEqual({ ...code, repeated: true });
    await call(sendVerificationCode, { ...code, request_id: "another" });
    const sent = { name: "/auth/send-code", body: code };
    expect(shop.done).toEqual([sent, sent]);
  });

  test.each(lostEndings)("is not sent a second time after %s", async (ending) => {
    const { call, shop } = await openTakeoutDesk();
    shop.ending = ending;
    expect((await failureOf(call(sendVerificationCode, code))).code).toBe("outcome_unknown");
    expect((await failureOf(call(sendVerificationCode, code))).code).toBe("outcome_unknown");
    expect(shop.done).toHaveLength(1);
  });

  test.each([
    ["phone", { ...code, phone: "139 0013 9000" }],
    ["phone", { ...code, phone: "手机" }],
    ["type", { ...code, type: "delete_account" }],
  ])("refuses a wrong %s and sends nothing", async (field, args) => {
    const { call, shop } = await openTakeoutDesk();
    const failure = await failureOf(call(sendVerificationCode, args));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: [field] } });
    expect(shop.asked).toEqual([]);
  });
});

describe("register_user", () => {
  test("passes the user on and gives the identifier alone", async () => {
    const { call, shop } = await openTakeoutDesk();
    const { data } = await call(registerUser, user);
    expect(data).toEqual({ phone: "13900139000", user_id: "user-1" });
    expect(shop.done).toEqual([
      {
        name: "/auth/register",
        body: { phone: "13900139000", password, verificationCode: "830216", nickname: "李四" },
      },
    ]);
  });

  test("keeps the password out of answer, ledger and log, although the vendor's answer holds it", async () => {
    const { call, ledger, log } = await openTakeoutDesk();
    const answer = await call(registerUser, user);
    const repeat = await call(registerUser, user);
    const kept = await ledger();
    expect(kept).toContain("register_user");
    expect(log.join()).toContain("/auth/register");
    for (const seen of [JSON.stringify([answer, repeat]), kept, log.join()]) {
      expect(seen).not.toContain(password);
      expect(seen).not.toContain("830216");
    }
  });

  test.each([...lostEndings, "500 before"] as const)(
    "is not sent a second time after %s, and its failure holds no password",
    async (ending) => {
      const { call, shop, ledger, log } = await openTakeoutDesk();
      shop.ending = ending;
      const failures = [await failureOf(call(registerUser, user)), await failureOf(call(registerUser, user))];
      expect(failures.map((failure) => failure.code)).toEqual(["outcome_unknown", "outcome_unknown"]);
      expect(shop.asked).toEqual(["POST /auth/register"]);
      const seen = [failures.map(wholeTextOf).join(), await ledger(), log.join()].join();
      expect(seen).not.toContain(password);
    },
  );

  test("says of a repeat with another password that the first one holds", async () => {
    const { call, shop } = await openTakeoutDesk();
    await call(registerUser, user);
    const { data, text } = await call(registerUser, { ...user, password: "Another-1" });
    expect(data).toMatchObject({ user_id: "user-1", repeated: true });
    expect(text).toContain("the first call's password holds");
    expect(shop.done).toHaveLength(1);
  });

  test("tries again with a new code, for the vendor lets one user have a phone", async () => {
    const { call, shop } = await openTakeoutDesk();
    shop.ending = "500 before";
    await failureOf(call(registerUser, user));
    expect((await call(registerUser, { ...user, verification_code: "111111" })).data).toMatchObject({
      user_id: "user-1",
    });
    expect(shop.done).toHaveLength(1);
  });

  test.each([
    ["a line break", `${password}\n`],
    ["no text", { secret: password }],
    ["more than the vendor could want", password.repeat(30)],
  ])("refuses a password that is %s without repeating it", async (_, wrong) => {
    const { call, shop } = await openTakeoutDesk();
    const failure = await failureOf(call(registerUser, { ...user, password: wrong }));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: ["password"] } });
    expect(JSON.stringify(toErrorResult(toFailure(failure)))).not.toContain(password);
    expect(shop.asked).toEqual([]);
  });
});
