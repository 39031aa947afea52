import { beforeEach, expect, test } from "vitest";
import { listDishes } from "../../../src/tools/takeout/catalog/list-dishes.ts";
import { listMerchants } from "../../../src/tools/takeout/catalog/list-merchants.ts";
import { listDeliveryTasks } from "../../../src/tools/takeout/delivery/list-delivery-tasks.ts";
import { listCoupons } from "../../../src/tools/takeout/marketing/list-coupons.ts";
import { listReviews } from "../../../src/tools/takeout/marketing/list-reviews.ts";
import { listUserCoupons } from "../../../src/tools/takeout/marketing/list-user-coupons.ts";
import { listTakeoutOrders } from "../../../src/tools/takeout/orders/list-takeout-orders.ts";
import type { Tool } from "../../../src/tools/tool.ts";
import { type CatalogDesk, openDocumentDesk } from "../../support/catalog-desk.ts";
import { failureOf } from "../../support/failures.ts";
import type { TakeoutVendor } from "../../support/takeout-vendor.ts";
import { json } from "../../support/vendor-server.ts";

let vendor: TakeoutVendor;
let desk: CatalogDesk;
beforeEach(async () => {
  ({ vendor, desk } = await openDocumentDesk());
});

const lists: [path: string, tool: Tool, filter: Record<string, unknown>][] = [
  ["/merchants", listMerchants, {}],
  ["/dishes", listDishes, { merchant_id: "M1" }],
  ["/orders", listTakeoutOrders, {}],
  ["/delivery-tasks", listDeliveryTasks, {}],
  ["/coupons", listCoupons, { merchant_id: "M1" }],
  ["/user-coupons", listUserCoupons, {}],
  ["/reviews", listReviews, { merchant_id: "M1" }],
];

const queries = () =>
  vendor.calls().map(({ url }) => {
    const { pathname, searchParams } = new URL(url, "http://vendor.test");
    const names = ["pageIndex", "sortBy", "sortOrder"];
    return [pathname.replace("/api/v1", ""), ...names.map((name) => searchParams.get(name))];
  });

const pageOf = (length: number) => {
  const items = Array.from({ length }, (_, index) => ({
    id: `id-${index}`,
    name: "A",
    orderNo: `${index}`,
    price: 1,
    rating: 5,
    status: 1,
    items: [],
  }));
  return { items, totalCount: 21 };
};

test.each(lists)("%s is asked for in the wanted order, page after page", async (path, tool, filter) => {
  vendor.answer((request, response) =>
    json(200, { success: true, data: pageOf(request.url.includes("pageIndex=1") ? 20 : 1) })(
      request,
      response,
    ),
  );
  await desk.call(tool, { ...filter, limit: 21, sort_by: "createdAt", sort_order: "asc" });
  await desk.call(tool, { ...filter, limit: 1 });
  expect(queries()).toEqual([
    [path, "1", "createdAt", "asc"],
    [path, "2", "createdAt", "asc"],
    [path, "1", null, null],
  ]);
});

test.each(lists)("%s is asked for in no order that there can't be", async (_path, tool, filter) => {
  const wrong = [{ sort_by: "a b" }, { sort_by: "" }, { sort_order: "up" }];
  const failures = await Promise.all(
    wrong.map((sorting) => failureOf(desk.call(tool, { ...filter, ...sorting }))),
  );
  expect(failures.map(({ code, details }) => [code, details.fields])).toEqual([
    ["invalid_input", ["sort_by"]],
    ["invalid_input", ["sort_by"]],
    ["invalid_input", ["sort_order"]],
  ]);
  expect(queries()).toEqual([]);
});

test("a vendor that counts its pages alone is asked for those and no more", async () => {
  const { items } = pageOf(20);
  vendor.answer(json(200, { success: true, data: { items, totalPages: 2 } }));
  const { data } = await desk.call(listMerchants, { limit: 40 });
  expect(data["merchants"]).toHaveLength(40);
  expect(data["next_cursor"]).toBeUndefined();
  expect(queries()).toHaveLength(2);
});
