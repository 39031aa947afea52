import { describe, expect, test } from "vitest";
import { sign } from "../../../src/sandbox/yunji/signature.ts";
import { good, order, post, postText, runningHotel, type Scope, storeOf } from "./running-hotel.ts";

test("the document's example gives the document's signature", () => {
  const text =
    "accessKeyId=testid&signatureNonce=53c593e7-766d-4646-8b58-0b795ded0ed6&timestamp=2019-10-10T08:26:01Z&uidKey=0802";
  expect(sign(text, "testsecret")).toBe("VQAdXELyv7rl/6E4bj1VdV4X6vI=");
});

describe("at the moment of the document's example, with its key", () => {
  const hotel = runningHotel({
    now: Date.parse("2019-10-10T08:26:01Z"),
    credentials: { accessKeyId: "testid", accessKeySecret: "testsecret", storeId: "store" },
  });
  const example = {
    uidKey: "0802",
    signature: "VQAdXELyv7rl/6E4bj1VdV4X6vI=",
    signatureNonce: "53c593e7-766d-4646-8b58-0b795ded0ed6",
    accessKeyId: "testid",
    timestamp: "2019-10-10T08:26:01Z",
  };
  const send = (body: unknown) => postText(hotel(), "/v1/user/createUser", JSON.stringify(body, null, 4));

  test("its request is taken for genuine, though the example forgets the store", async () => {
    const { status, body } = await send(example);
    expect({ status, body }).toEqual({
      status: 400,
      body: { requestId: expect.any(String), code: 10400, message: "系统参数缺失: storeId" },
    });
  });

  test.each([
    ["the key's other spelling", { accessKeyId: "testId" }],
    ["a percent-encoded signature", { signature: "VQAdXELyv7rl%2F6E4bj1VdV4X6vI%3D" }],
    ["another value", { uidKey: "0803" }],
    ["one more parameter", { storeId: "store" }],
  ])("%s is a wrong signature", async (_name, change) => {
    expect(await send({ ...example, ...change })).toMatchObject({ status: 401, body: { code: 10503 } });
  });

  test("empty and null parameters are not signed", async () => {
    const { body } = await send({ ...example, userName: "", mobilePhone: null });
    expect(body.code).toBe(10400);
  });
});

const scopes: Scope[] = ["json", "scalars", "public"];

describe.each(scopes)("a deployment that signs %s", (signing) => {
  const hotel = runningHotel({ signing });

  test.each(scopes)("meets an order whose sender signed %s", async (scope) => {
    const { environment } = hotel();
    expect(environment["YUNJI_SIGNING"]).toBe(signing === "json" ? undefined : signing);
    const guest = { uidKey: "0802", storeId: storeOf(hotel()) };
    const user = await post(hotel(), "/v1/user/createUser", guest, { scope: signing });
    const body = {
      userId: user.body.userId,
      storeId: storeOf(hotel()),
      amount: 12.5,
      orderFormInfo: [{ productId: good("矿泉水"), quantity: 1 }],
      thirdPayType: 3,
      contactInfo: { recipientAddress: "0801", recipientName: "张 三" },
    };
    const { status } = await post(hotel(), "/v1/order/createPoiOrder", body, { scope });
    expect(status).toBe(scope === signing ? 200 : 401);
  });
});

describe("numbers", () => {
  const hotel = runningHotel();

  test.each(["12.0", "12.50", "38.00"])("are signed as the text %s that was sent", async (amount) => {
    expect((await order(hotel(), { amount: JSON.rawJSON(amount) })).status).toBe(200);
  });
});
