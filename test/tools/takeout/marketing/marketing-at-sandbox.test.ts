import { describe, expect, test } from "vitest";
import { z } from "zod";
import { callTwice, openCatalogDay, type Verdict } from "../../../support/catalog-day.ts";
import type { Example } from "../../../support/example-calls/example.ts";
import { merchantId } from "../../../support/example-calls/takeout-catalog.ts";
import {
  furtherMarketingCalls,
  takeoutMarketingExamples,
} from "../../../support/example-calls/takeout-marketing.ts";

const examples: [name: string, example: Example][] = [
  ...Object.entries(takeoutMarketingExamples),
  ...furtherMarketingCalls,
];

test.each(examples)("the example of %s is a good call each time (%#)", async (name, example) => {
  const day = await openCatalogDay();
  for (const _time of ["first", "second"])
    expect((await day.call(name, await example(day))).text).not.toBe("");
});

const exampleOf = (name: string): Example => {
  const example = takeoutMarketingExamples[name];
  if (!example) throw new Error(`no example of ${name}`);
  return example;
};
const told: Example = async (client) => ({
  ...(await exampleOf("reply_review")(client)),
  merchant_id: await merchantId(client),
});

const found: Verdict[] = ["done", "repeated"];
const untold: Verdict[] = ["outcome_unknown", "outcome_unknown"];
const reply = "POST /api/v1/reviews/{id}/reply";

describe.each<[name: string, endpoint: string, example: Example, after: Verdict[], before: Verdict[]]>([
  ["claim_coupon", "POST /api/v1/coupons/{id}/receive", exampleOf("claim_coupon"), untold, untold],
  ["create_review", "POST /api/v1/reviews", exampleOf("create_review"), untold, untold],
  ["reply_review", reply, exampleOf("reply_review"), untold, untold],
  ["reply_review", reply, told, found, ["unavailable", "done"]],
])("%s by %s (%#)", (name, endpoint, example, after, before) => {
  test.each(["answer_lost", "error_500_after"] as const)(
    "is settled or left unknown after %s",
    async (kind) => {
      const { verdicts, sent } = await callTwice(await openCatalogDay(), { name, endpoint, example, kind });
      expect({ verdicts, sent }).toEqual({ verdicts: after, sent: 1 });
    },
  );

  test("is sent again only where that is safe after error_500_before", async () => {
    const kind = "error_500_before";
    const { verdicts, sent } = await callTwice(await openCatalogDay(), { name, endpoint, example, kind });
    expect({ verdicts, sent }).toEqual({ verdicts: before, sent: before === untold ? 1 : 2 });
  });
});

test("a claimed coupon is the account's, and an order there may use it", async () => {
  const day = await openCatalogDay();
  const { call } = day;
  const claimed = await call("claim_coupon", await exampleOf("claim_coupon")(day));
  const id = claimed.data["user_coupon_id"];
  const coupon = {
    id,
    coupon_name: "平台满40减5",
    discount_value_yuan: "5.00",
    min_order_amount_yuan: "40.00",
  };
  const own = await call("list_user_coupons", {});
  expect(own.data["coupons"]).toContainEqual(expect.objectContaining(coupon));
  const merchant_id = await merchantId({ call });
  const idsFor = async (amount_yuan: string) => {
    const { data } = await call("list_user_coupons", { merchant_id, amount_yuan });
    return z
      .array(z.object({ id: z.string() }))
      .parse(data["coupons"])
      .map((one) => one.id);
  };
  expect(await idsFor("40.00")).toContain(id);
  expect(await idsFor("39.99")).not.toContain(id);
});

test("a review and its reply are found among the merchant's", async () => {
  const day = await openCatalogDay();
  const { call } = day;
  const { review_id, content } = z
    .object({ review_id: z.string(), content: z.string() })
    .parse(await exampleOf("reply_review")(day));
  await call("reply_review", { review_id, content });
  const { data } = await call("list_reviews", {
    merchant_id: await merchantId({ call }),
    rating: 5,
    limit: 1,
  });
  expect(data).toMatchObject({
    reviews: [{ id: review_id, user_name: "张三", rating: 5, content: "非常好吃", reply_content: content }],
    statistics: { total_reviews: expect.any(Number) },
  });
});
