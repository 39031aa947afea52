import { describe, expect, test } from "vitest";
import { createUser, get, good, order, post, runningHotel, stockOf, storeOf } from "./running-hotel.ts";

const hotel = runningHotel();
const goods = (parameters: Record<string, string> = {}) =>
  get(hotel(), "/v1/goods/queryByStore", { storeId: storeOf(hotel()), ...parameters });
const names = (items: { productName: string }[]) => items.map(({ productName }) => productName);

describe("goods", () => {
  test("come twenty a page from the first one unless asked otherwise", async () => {
    const { body } = await goods();
    expect(body.pagination).toEqual({ current: 1, pageSize: 20, total: 102 });
    expect(body.productList).toHaveLength(20);
    expect(body.productList[0]).toEqual({
      productName: "矿泉水",
      productId: good("矿泉水"),
      imageUrl: expect.stringContaining("http://"),
      unitPrice: 250,
      actualPrice: 250,
      storage: expect.any(Number),
    });
  });

  test("come a hundred a page at most", async () => {
    const first = await goods({ pageSize: "500" });
    const second = await goods({ pageSize: "500", current: "2" });
    const third = await goods({ pageSize: "500", current: "3" });
    expect(first.body.pagination).toEqual({ current: 1, pageSize: 100, total: 102 });
    expect([first, second, third].map(({ body }) => body.productList.length)).toEqual([100, 2, 0]);
    expect(new Set(names([...first.body.productList, ...second.body.productList])).size).toBe(102);
  });

  test.each([
    { pageSize: "0" },
    { pageSize: "-1" },
    { pageSize: "ten" },
    { current: "0" },
    { current: "1.5" },
    { storeId: "" },
  ])("are not asked for with %j", async (parameters) => {
    expect(await goods(parameters)).toMatchObject({ status: 400, body: { code: 10400 } });
  });

  test("of another store are not shown", async () => {
    expect(await goods({ storeId: "5a38d03a60b6286d9c544f58" })).toMatchObject({
      status: 403,
      body: { code: 10086 },
    });
  });

  test("that are off the shelf are on no list, sold out ones are", async () => {
    const listed = (await goods({ pageSize: "100" })).body.productList;
    expect(names(listed)).not.toContain("手冲咖啡(已下架)");
    expect(listed).toContainEqual(expect.objectContaining({ productName: "鲜榨橙汁(售罄)", storage: 0 }));
  });

  test("in their groups are the same ones, with what an order of the group must cost", async () => {
    const { body } = await get(hotel(), "/v1/goods/group/list", { storeId: storeOf(hotel()) });
    const grouped = body.groupProductList.flatMap(
      ({ productList }: { productList: unknown[] }) => productList,
    );
    expect(grouped).toHaveLength(102);
    expect(body.groupProductList[2]).toMatchObject({
      groupName: "夜宵",
      groupId: expect.stringMatching(/^[0-9a-f]{24}$/),
      lowestSellingPrice: 2000,
      sort: 3,
    });
    const pictures = body.groupProductList.map(
      ({ groupImageUrl }: { groupImageUrl: unknown }) => groupImageUrl,
    );
    expect(pictures).toEqual(expect.arrayContaining([null, "", expect.stringContaining("http://")]));
  });
});

describe("guest supplies", () => {
  test("have codes in three categories, under either of two names", async () => {
    const first = await get(hotel(), "/v1/goods/guestSuppliesList");
    const second = await get(hotel(), "/v1/goods/guestSuppliesList");
    expect(first.body.guestSuppliesList[0]).toEqual({ code: 10001, categoryId: 1, comment: "沐浴露" });
    expect(second.body.guestSuppliesCodeList).toEqual(first.body.guestSuppliesList);
    const categories = first.body.guestSuppliesList.map(
      ({ categoryId }: { categoryId: number }) => categoryId,
    );
    expect(new Set(categories)).toEqual(new Set([1, 2, 3]));
    expect(first.body.version).toEqual(expect.any(Number));
  });

  test("of each code are goods", async () => {
    const { body } = await get(hotel(), "/v1/goods/guestSuppliesList");
    for (const { code } of body.guestSuppliesList) {
      const ofCode = await byCode(String(code));
      expect(ofCode.body.productList.length).toBeGreaterThan(0);
      expect(ofCode.body.pagination.total).toBe(ofCode.body.productList.length);
    }
  });

  test("are paged like goods", async () => {
    const { body } = await byCode("10001", { pageSize: "1", current: "2" });
    expect(names(body.productList)).toEqual(["沐浴露补充装"]);
    expect(body.pagination).toEqual({ current: 2, pageSize: 1, total: 2 });
  });

  test("of an unknown code are none, and without a code the question is incomplete", async () => {
    expect((await byCode("99999")).body.productList).toEqual([]);
    expect(await byCode("")).toMatchObject({ status: 400, body: { code: 10400 } });
  });

  const byCode = (code: string, paging: Record<string, string> = {}) =>
    get(hotel(), "/v1/goods/queryByGuestSuppliesCode", {
      storeId: storeOf(hotel()),
      guestSuppliesCode: code,
      ...paging,
    });
});

describe("users", () => {
  test("of the same key are the same, of another one are not", async () => {
    const first = await createUser(hotel(), "0802");
    expect(first).toMatch(/^[0-9a-f]{24}$/);
    expect(await createUser(hotel(), "0802")).toBe(first);
    expect(await createUser(hotel(), "0803")).not.toBe(first);
    expect(hotel().holdings()["users"]).toMatchObject([{ uidKey: "0802" }, { uidKey: "0803" }]);
  });

  test("keep what is not told again", async () => {
    const named = { storeId: storeOf(hotel()), uidKey: "0802", userName: "张三" };
    await post(hotel(), "/v1/user/createUser", named);
    await createUser(hotel(), "0802");
    expect(hotel().holdings()["users"]).toMatchObject([{ userName: "张三", mobilePhone: null }]);
  });

  test.each([
    { uidKey: undefined },
    { uidKey: "" },
    { uidKey: 802 },
    { storeId: undefined },
    { userName: 7 },
  ])("are not made with %j", async (over) => {
    const user = { storeId: storeOf(hotel()), uidKey: "0802", ...over };
    expect(await post(hotel(), "/v1/user/createUser", user)).toMatchObject({
      status: 400,
      body: { code: 10400 },
    });
  });
});

describe("positions", () => {
  const positions = async (type: string) => get(hotel(), "/v1/position/query", { type });

  test("are rooms, charging piles and lifts", async () => {
    const { body } = await positions("1");
    const ofType = (type: string) =>
      body.positions.filter((position: { type: string }) => position.type === type);
    expect(ofType("0")).toContainEqual({ name: "0801", type: "0" });
    expect(ofType("0")).toContainEqual({ name: "1321", type: "0" });
    expect(ofType("1")).toHaveLength(2);
    expect(ofType("2")).toContainEqual({ name: "13层电梯(检修中)", type: "2" });
  });

  test.each(["", "0", "2", "rooms"])("are there for deliveries alone, not for the type %j", async (type) => {
    expect(await positions(type)).toMatchObject({ status: 400, body: { code: 10400 } });
  });
});

test("what is ordered is no longer there", async () => {
  const before = await stockOf(hotel(), "矿泉水");
  await order(hotel(), { goods: { 矿泉水: 2 } });
  expect(await stockOf(hotel(), "矿泉水")).toBe(before - 2);
});
