import { afterEach, expect, test } from "vitest";
import { createCallbacks } from "../../src/sandbox/callbacks.ts";
import { callbackReceiver } from "./callback-receiver.ts";

const receiver = callbackReceiver();
const callbacks: ReturnType<typeof createCallbacks>[] = [];
const sender = () => {
  const made = createCallbacks("s3cret");
  callbacks.push(made);
  return made;
};
const push = {
  vendor: "yunji",
  kind: "arrived",
  fields: { orderSN: "9007199254740993", note: "张 三&=" },
} as const;

afterEach(() => {
  for (const one of callbacks.splice(0)) one.close();
});

test("a push is a form post below the base address, with its kind and the secret", async () => {
  const { setBaseUrl, push: send, sent } = sender();
  setBaseUrl(receiver().url);
  await send(push);
  expect(receiver().received).toMatchObject([
    { method: "POST", path: "/webhooks/yunji/arrived/s3cret", fields: push.fields },
  ]);
  expect(receiver().received[0]?.headers["content-type"]).toContain("application/x-www-form-urlencoded");
  expect(sent()).toEqual([{ ...push, status: 200, attempts: 1 }]);
});

test("nothing is pushed while no address is set up", async () => {
  const { push: send, sent } = sender();
  await send(push);
  expect(sent()).toEqual([]);
});

test("a push that is not taken is sent again", async () => {
  const { setBaseUrl, push: send, sent } = sender();
  setBaseUrl(receiver().url);
  receiver().answers.push(500);
  await send(push);
  expect(receiver().received).toHaveLength(2);
  expect(sent()).toEqual([{ ...push, status: 200, attempts: 2 }]);
});

test("a push that is never taken is given up after three attempts", async () => {
  const { setBaseUrl, push: send, sent } = sender();
  setBaseUrl("http://127.0.0.1:1/webhooks/yunji");
  await send(push);
  expect(sent()).toEqual([{ ...push, status: null, attempts: 3 }]);
});

test("a redirection is not followed", async () => {
  const { setBaseUrl, push: send, sent } = sender();
  setBaseUrl(receiver().url);
  receiver().answers.push(302);
  await send(push);
  expect(receiver().received.map(({ path }) => path)).not.toContain("/elsewhere");
  expect(sent()[0]).toMatchObject({ status: 200, attempts: 2 });
});

test("a sender that is closed sends nothing more", async () => {
  const { setBaseUrl, push: send, sent, close } = sender();
  setBaseUrl(receiver().url);
  close();
  await send(push);
  expect(receiver().received).toEqual([]);
  expect(sent()).toEqual([]);
});
