import { expect, test } from "vitest";
import { inSnakeCase, snakeCase } from "../../src/domain/snake-case.ts";

test.each([
  ["deliveryCode", "delivery_code"],
  ["rating5Count", "rating5_count"],
  ["pageURL", "page_url"],
  ["name", "name"],
  ["already_so", "already_so"],
  ["取餐码", "取餐码"],
  ["X-Trace", "X-Trace"],
])("%s is spelled %s", (name, spelled) => {
  expect(snakeCase(name)).toBe(spelled);
});

test("members are spelled so however deep they are, and nothing else of them changes", () => {
  const members = {
    driverName: "orderId",
    route: { stopList: [{ stopId: 1 }, "stopId", null] },
    doneAt: null,
  };
  expect(inSnakeCase(members)).toEqual({
    driver_name: "orderId",
    route: { stop_list: [{ stop_id: 1 }, "stopId", null] },
    done_at: null,
  });
});
