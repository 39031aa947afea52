import { expect, onTestFinished, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { Failure } from "../../src/domain/failure.ts";
import { inItsTurn } from "../../src/tools/earlier-writes.ts";

/** A switch as set_dish_status has it; gives whether a call was a repeat. */
async function dishSwitch() {
  const app = createApp(readConfig({ WAYBILL_STATE: ":memory:" }));
  onTestFinished(() => app.close());
  const { writes } = await app.store();
  return async (dishIds: string[], isOn: boolean, { requestId, isRefused = false }: Options = {}) => {
    const setting = { dishIds, status: isOn ? "on_sale" : "off_sale" };
    const request = { tool: "set_dish_status", requestId, arguments: setting };
    const concerns = (earlier: unknown) => JSON.stringify(earlier).match(`"(${dishIds.join("|")})"`) !== null;
    const send = async () => {
      if (isRefused) throw new Failure("rejected", "No.", { httpStatus: 400 });
      return {};
    };
    const { repeated } = await writes.once(
      { ...request, vendor: "takeout", arguments: await inItsTurn(app, { ...request, concerns }) },
      { send, settleHint: "" },
    );
    return repeated;
  };
}

type Options = { requestId?: string; isRefused?: boolean };

test("on, off and on again are three writes, and the same once more is a repeat", async () => {
  const set = await dishSwitch();
  const states = [true, false, true, true, false, false];
  const repeats: boolean[] = [];
  for (const isOn of states) repeats.push(await set(["a"], isOn));
  expect(repeats).toEqual([false, false, false, true, false, true]);
});

test("a write of something else in between changes nothing, one that shares a part does", async () => {
  const set = await dishSwitch();
  expect(await set(["a", "b"], true)).toBe(false);
  expect(await set(["c"], false)).toBe(false);
  expect(await set(["a", "b"], true)).toBe(true);
  expect(await set(["b"], false)).toBe(false);
  expect(await set(["a", "b"], true)).toBe(false);
});

test("a refused write set nothing, so what was before it is still the state", async () => {
  const set = await dishSwitch();
  await set(["a"], true);
  await expect(set(["a"], false, { isRefused: true })).rejects.toThrow("No.");
  expect(await set(["a"], true)).toBe(true);
});

test("a name of the caller's own is a repeat by that name, whatever came after it", async () => {
  const set = await dishSwitch();
  expect(await set(["a"], true, { requestId: "first" })).toBe(false);
  expect(await set(["a"], false)).toBe(false);
  expect(await set(["a"], true, { requestId: "first" })).toBe(true);
});

test("two at the same moment are one write", async () => {
  const set = await dishSwitch();
  await set(["a"], true);
  const repeats = await Promise.all([set(["a"], false), set(["a"], false)]);
  expect(repeats.toSorted()).toEqual([false, true]);
});
