import * as z from "zod";
import { compareHoldings } from "../compare-holdings.ts";
import type { KillableServer } from "../server/killable-server.ts";
import type { Scenario } from "./scenario.ts";

const goodsAnswer = z.object({
  goods: z.array(
    z.object({
      product_id: z.string(),
      name: z.string().nullable(),
      price_yuan: z.string().nullable(),
      stock: z.number().nullable(),
    }),
  ),
});
const heldOrder = z.object({ orderSN: z.string(), recipientAddress: z.string() });
const orderAnswer = z.object({ order_sn: z.string() });

let attempts = 0;

/** Floors 3 to 11 have 20 rooms that a robot always reaches. */
const rooms = Array.from({ length: 180 }, (_, index) => {
  const twoDigits = (number: number) => String(number).padStart(2, "0");
  return twoDigits(3 + Math.floor(index / 20)) + twoDigits(1 + (index % 20));
});

/**
 * A room orders by robot. The vendor takes no key and no name of ours, so a lost answer can only be looked up among
 * the orders of the room's user.
 */
export const robotOrder: Scenario = {
  name: "a robot's order",
  writes: { path: "/yunji/v1/order/createPoiOrder", times: 1 },
  prepare: async ({ sandbox, store }, server) => {
    const number = attempts++;
    const room = rooms[number % rooms.length] ?? "";
    const order = { ...(await readOrder(server, number)), room, request_id: `order-${number}` };
    const ordersOfRoom = () =>
      sandbox
        .holdings("yunji")
        ["orders"]?.map((held) => heldOrder.parse(held))
        .filter(({ recipientAddress }) => recipientAddress === room) ?? [];
    const before = ordersOfRoom().length;
    let told = "";
    return {
      call: async (killable) => {
        const result = await killable.call("create_robot_order", order);
        if (!result) return undefined;
        if (result.isError) return { isThrough: false, text: result.text };
        told = orderAnswer.parse(result.data).order_sn;
        return { isThrough: true, text: result.text };
      },
      check: async () => {
        const held = ordersOfRoom().slice(before);
        const findings = compareHoldings(
          [room],
          held.map(({ recipientAddress }) => recipientAddress),
        );
        if (held[0]?.orderSN !== told)
          findings.faults.push(`order ${told} was told, not ${held[0]?.orderSN}`);
        const { items } = await store.writes.list({ tool: "create_robot_order", limit: 500 });
        const done = items.filter(({ requestId }) => requestId === order.request_id);
        if (done.length !== 1 || done[0]?.state !== "done")
          findings.faults.push("the ledger does not have it as done");
        return findings;
      },
    };
  },
};

/** Sold at all hours, and dear enough for an order of one. */
const alwaysSold = ["苏打水", "无糖乌龙茶", "原味薯片", "每日坚果", "一次性雨衣", "充电线"];

/** A good of which there is enough, another one each time, so that no shelf runs empty. */
async function readOrder(server: KillableServer, number: number) {
  const { goods } = goodsAnswer.parse((await server.call("list_robot_goods", { limit: 50 }))?.data);
  const fitting = goods.filter(({ name, stock }) => alwaysSold.includes(name ?? "") && stock !== 0);
  const good = fitting[number % fitting.length];
  if (!good) throw new Error("the hotel has sold out");
  return { items: [{ product_id: good.product_id, quantity: 1 }], amount: good.price_yuan };
}
