import * as z from "zod";
import type { DemoDay } from "./demo-day.ts";

const goodsAnswer = z.object({
  goods: z.tuple([z.object({ product_id: z.string(), unit_price_fen: z.string() })]).rest(z.unknown()),
});
const orderAnswer = z.object({ order_sn: z.string() });

/** A room of the sandbox's hotel whose lift is out of order, and the desk, where the guest can collect. */
const roomOutOfReach = "1305";
const desk = "前台";

/** A robot gets stuck on its way to a room; the order is cancelled, in two steps, and brought to the desk instead. */
export async function deliverByRobot({ session, advance, say }: DemoDay): Promise<void> {
  const stuck = await orderWater({ session, say }, roomOutOfReach);
  advance(20 * 60);
  say(await session.untilEvent({ vendor: "yunji", kind: "task-exception" }));
  say((await session.call("get_robot_order", { order_sn: stuck })).text);

  const cancellation = { order_sn: stuck, reason: "电梯故障,机器人无法送达" };
  const { text, data } = await session.call("cancel_robot_order", cancellation);
  const { confirmation } = z.object({ confirmation: z.string() }).parse(data);
  say(`To be confirmed first: ${text}`);
  say((await session.call("cancel_robot_order", { ...cancellation, confirmation })).text);

  const collected = await orderWater({ session, say }, desk);
  advance(30 * 60);
  say(await session.untilEvent({ vendor: "yunji", kind: "completed" }));
  say((await session.call("track_shipment", { order_sn: collected })).text);
}

async function orderWater({ session, say }: Pick<DemoDay, "session" | "say">, room: string): Promise<string> {
  const { goods } = goodsAnswer.parse((await session.call("list_robot_goods", { limit: 1 })).data);
  const [{ product_id, unit_price_fen }] = goods;
  const quantity = 2;
  const amount = ((Number(unit_price_fen) * quantity) / 100).toFixed(2);
  const order = { room, items: [{ product_id, quantity }], amount };
  const { text, data } = await session.call("create_robot_order", order);
  say(text);
  return orderAnswer.parse(data).order_sn;
}
