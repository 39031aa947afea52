import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { longPlan, withProgress } from "../support/long-plan.ts";
import { initialize, initialized, type Message, parseMessage, request } from "../support/messages.ts";
import { type RawStdio, startRawStdio } from "../support/raw-stdio.ts";
import { smallDay } from "../support/small-day.ts";

const tool = (name: string, args: Record<string, unknown> = {}) =>
  request("tools/call", { name, arguments: args });

async function openStdio(env: Record<string, string> = {}): Promise<RawStdio> {
  const stdio = startRawStdio(env);
  await stdio.ask(initialize("2025-11-25"));
  stdio.send(initialized);
  return stdio;
}

/** Starts a long search and comes back when it is well under way. */
async function startLongPlan(stdio: RawStdio): Promise<Message> {
  const call = withProgress(request("tools/call", longPlan));
  const underWay = stdio.next(
    ({ method, params }) => method === "notifications/progress" && Number(params?.["progress"]) > 0,
  );
  stdio.send(call);
  await underWay;
  return call;
}

describe("the server on stdio", () => {
  test("survives lines that are no message", async () => {
    const stdio = await openStdio();
    for (const garbage of [
      "hello",
      "{",
      '{"jsonrpc":"2.0","id":',
      "[]",
      "null",
      "7",
      '{"id":1}',
      "\u0000\u0007",
      "",
    ]) {
      stdio.send(garbage);
      const { result } = await stdio.ask(tool("list_plans"));
      expect(result, garbage).toMatchObject({ structuredContent: { plans: [] } });
    }
    stdio.process.stdin.end();
    expect(await stdio.ended).toBe(0);
  });

  test("reads messages however they are cut into pieces", async () => {
    const stdio = await openStdio();
    const first = tool("list_plans");
    const second = tool("list_material_rules");
    const answers = [first, second].map(({ id }) => stdio.next((message) => message.id === id));
    for (const byte of Buffer.from(`${JSON.stringify(first)}\r\n${JSON.stringify(second)}\n`)) {
      stdio.process.stdin.write(Buffer.of(byte));
    }
    for (const { result } of await Promise.all(answers)) expect(result).not.toHaveProperty("isError");
    stdio.process.stdin.end();
    expect(await stdio.ended).toBe(0);
  });

  test("puts nothing but the protocol on stdout, whatever it has to say", async () => {
    const stdio = await openStdio({ WAYBILL_LOG_LEVEL: "debug" });
    const planned = await stdio.ask(tool("plan_load", smallDay));
    expect(planned.result).not.toHaveProperty("isError");
    const { plan_id } = Object(planned.result?.["structuredContent"]);
    const rendered = await stdio.ask(tool("render_plan", { plan_id }));
    expect(rendered.result).not.toHaveProperty("isError");
    await stdio.ask(tool("get_plan", { plan_id: "nothing" }));
    await stdio.ask(tool("no_such_tool"));
    await stdio.ask(request("no/such/method"));
    stdio.send("garbage");
    await stdio.ask(request("resources/read", { uri: "waybill://plans/nothing" }));
    stdio.process.stdin.end();
    expect(await stdio.ended).toBe(0);
    expect(stdio.lines.length).toBeGreaterThan(6);
    for (const line of stdio.lines) expect(() => parseMessage(line)).not.toThrow();
    const log = stdio.stderr().trimEnd().split("\n");
    expect(log.length).toBeGreaterThanOrEqual(3);
    for (const line of log) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
  });
});

describe("the server on stdio ends with 0 and without a word", () => {
  const ended = async (stdio: RawStdio) => ({ code: await stdio.ended, said: stdio.stderr() });

  test("when stdin ends before anything was said", async () => {
    const stdio = startRawStdio();
    stdio.process.stdin.end();
    expect(await ended(stdio)).toEqual({ code: 0, said: "" });
  });

  test("when stdin ends", async () => {
    const stdio = await openStdio();
    stdio.process.stdin.end();
    expect(await ended(stdio)).toEqual({ code: 0, said: "" });
  });

  test("when stdin ends while a plan is made, which it gives up", async () => {
    const stdio = await openStdio();
    await startLongPlan(stdio);
    stdio.process.stdin.end();
    expect(await ended(stdio)).toEqual({ code: 0, said: "" });
  });

  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("at %s", async (signal) => {
    const stdio = await openStdio();
    stdio.process.kill(signal);
    expect(await ended(stdio)).toEqual({ code: 0, said: "" });
  });

  test("at SIGTERM while a plan is made", async () => {
    const stdio = await openStdio();
    await startLongPlan(stdio);
    stdio.process.kill("SIGTERM");
    expect(await ended(stdio)).toEqual({ code: 0, said: "" });
  });

  test("when no one reads its stdout any more", async () => {
    const stdio = await openStdio();
    stdio.process.stdout.destroy();
    await once(stdio.process.stdout, "close");
    for (let call = 0; call < 20; call += 1) stdio.send(tool("list_plans"));
    const { code, said } = await ended(stdio);
    expect(code).toBe(0);
    expect(said).not.toMatch(/^\s+at /m);
  });

  test("when no one reads its stdout any more while a plan is made", async () => {
    const stdio = await openStdio();
    await startLongPlan(stdio);
    stdio.process.stdout.destroy();
    const { code, said } = await ended(stdio);
    expect(code).toBe(0);
    expect(said).not.toMatch(/^\s+at /m);
  });
});

test("a cancelled plan is given up while other calls are answered", async () => {
  const stdio = await openStdio();
  const call = await startLongPlan(stdio);
  stdio.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: call.id } });
  const { result } = await stdio.ask(tool("list_plans"));
  expect(result).toMatchObject({ structuredContent: { plans: [] } });
  stdio.process.stdin.end();
  expect(await stdio.ended).toBe(0);
});
