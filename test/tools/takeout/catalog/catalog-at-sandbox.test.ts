import { describe, expect, test } from "vitest";
import { callTwice, openCatalogDay, type Verdict } from "../../../support/catalog-day.ts";
import type { Example } from "../../../support/example-calls/example.ts";
import {
  dishId,
  furtherCatalogCalls,
  merchantId,
  takeoutCatalogExamples,
} from "../../../support/example-calls/takeout-catalog.ts";
import { takeoutInsightExamples } from "../../../support/example-calls/takeout-insight.ts";

const examples: [name: string, example: Example][] = [
  ...Object.entries({ ...takeoutCatalogExamples, ...takeoutInsightExamples }),
  ...furtherCatalogCalls,
];

test.each(examples)("the example of %s is a good call each time (%#)", async (name, example) => {
  const day = await openCatalogDay();
  for (const _time of ["first", "second"])
    expect((await day.call(name, await example(day))).text).not.toBe("");
});

const made: Example = async () => ({ name: "新店", contact_phone: "400-123-4567", contact_person: "李四" });
const changed: Example = async (client) => ({ merchant_id: await merchantId(client), name: "美味饭店" });
const unseen: Example = async (client) => ({ merchant_id: await merchantId(client), contact_person: "李四" });
const cooked: Example = async (client) => ({
  merchant_id: await merchantId(client),
  name: "宫保鸡丁",
  price_yuan: 38,
  stock: 7,
});
const priced: Example = async (client) => ({ dish_id: await dishId(client, "宫保鸡丁"), price_yuan: "39.5" });
const stocked: Example = async (client) => ({ dish_id: await dishId(client, "宫保鸡丁"), stock: 7 });
const ended: Example = async (client) => ({ dish_ids: [await dishId(client, "米饭")], status: "off_sale" });
const gone: Example = takeoutCatalogExamples["delete_merchant"] ?? (async () => ({}));
const image: Example = takeoutCatalogExamples["upload_image"] ?? (async () => ({}));

const found: Verdict[] = ["done", "repeated"];
const untold: Verdict[] = ["outcome_unknown", "outcome_unknown"];
const again: Verdict[] = ["outcome_unknown", "done"];

type Row = [name: string, endpoint: string, example: Example, after: Verdict[], before: Verdict[]];

/** How two equal calls end whose first answer was lost after the vendor did it, and before it did anything. */
const rows: Row[] = [
  ["save_merchant", "POST /api/v1/merchants", made, found, untold],
  ["save_merchant", "PUT /api/v1/merchants/{id}", changed, found, again],
  ["save_merchant", "PUT /api/v1/merchants/{id}", unseen, again, again],
  ["delete_merchant", "DELETE /api/v1/merchants/{id}", gone, found, ["unavailable", "done"]],
  ["save_dish", "POST /api/v1/dishes", cooked, found, untold],
  ["save_dish", "PUT /api/v1/dishes/{id}", priced, found, again],
  ["save_dish", "PUT /api/v1/dishes/{id}", stocked, found, untold],
  ["set_dish_status", "PATCH /api/v1/dishes/batch-status", ended, found, again],
  ["upload_image", "POST /api/v1/files/upload", image, untold, untold],
];

describe.each(rows)("%s by %s (%#)", (name, endpoint, example, after, before) => {
  test.each(["answer_lost", "error_500_after"] as const)(
    "is settled or left unknown after %s",
    async (kind) => {
      const day = await openCatalogDay();
      const { verdicts, sent } = await callTwice(day, { name, endpoint, example, kind });
      expect(verdicts).toEqual(after);
      expect(sent).toBe(after === again ? 2 : 1);
    },
  );

  test("is sent again only where that is safe after error_500_before", async () => {
    const day = await openCatalogDay();
    const { verdicts, sent } = await callTwice(day, { name, endpoint, example, kind: "error_500_before" });
    expect(verdicts).toEqual(before);
    expect(sent).toBe(before === untold ? 1 : 2);
  });
});

describe("the vendor holds one of what was created, whatever became of the answer", () => {
  test.each(["answer_lost", "error_500_after"] as const)("%s", async (kind) => {
    const day = await openCatalogDay();
    const count = (noun: string) => day.sandbox.holdings("takeout")[noun]?.length ?? 0;
    const start = { merchants: count("merchants"), dishes: count("dishes"), files: count("files") };
    await callTwice(day, { name: "save_merchant", endpoint: "POST /api/v1/merchants", example: made, kind });
    await callTwice(day, { name: "save_dish", endpoint: "POST /api/v1/dishes", example: cooked, kind });
    await callTwice(day, {
      name: "upload_image",
      endpoint: "POST /api/v1/files/upload",
      example: image,
      kind,
    });
    expect(count("merchants")).toBe(start.merchants + 1);
    expect(count("dishes")).toBe(start.dishes + 1);
    expect(count("files")).toBe(start.files + 1);
  });
});

test("a dish goes off sale, is found there, and comes back", async () => {
  const { call } = await openCatalogDay();
  const [merchant_id, rice] = [await merchantId({ call }), await dishId({ call }, "米饭")];
  await call("set_dish_status", { dish_ids: [rice], status: "off_sale" });
  const off = await call("list_dishes", { merchant_id, status: "off_sale" });
  expect(off.data).toMatchObject({ dishes: [{ id: rice, status: 2, status_name: "off_sale" }], total: 1 });
  await call("set_dish_status", { dish_ids: [rice], status: "on_sale" });
  expect((await call("get_dish", { dish_id: rice })).data).toMatchObject({
    dish: { status_name: "on_sale" },
  });
});
