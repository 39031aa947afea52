import { expect, onTestFinished, test, vi } from "vitest";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { connectHttp } from "../support/clients.ts";
import { robotExamples } from "../support/example-calls/robots.ts";
import { startHttpServer } from "../support/server-process.ts";

const hour = 3600;

test("what a robot does reaches list_events through the vendor's own pushes, each once", async () => {
  const sandbox = await startSandbox({ timeScale: 0 });
  onTestFinished(() => sandbox.close());
  const server = await startHttpServer({ ...sandbox.environment, WAYBILL_POLL_SECONDS: "0" });
  onTestFinished(() => void server.process.kill("SIGKILL"));
  sandbox.setCallbackUrl(new URL("/webhooks/yunji", server.url).href);
  const client = await connectHttp("v2 auto", server.url);
  onTestFinished(() => client.close());
  const world = { call: client.call, holdings: sandbox.holdings };
  const bottlesOfWater = await robotExamples["create_robot_order"]?.(world);
  const order = await client.call("create_robot_order", bottlesOfWater ?? {});
  const orderSn = order.data["order_sn"];
  expect(orderSn, order.text).toMatch(/^\d+$/);
  sandbox.advance(hour);
  await vi.waitFor(
    async () => {
      const { data } = await client.call("list_events", { vendor: "yunji", kind: "completed" });
      expect(data).toMatchObject({ total: 1, events: [{ subject: { order_sn: orderSn } }] });
    },
    { timeout: 15_000, interval: 50 },
  );
  const { data } = await client.call("list_events", { vendor: "yunji", kind: "arrived" });
  expect(data).toMatchObject({ total: 1, events: [{ subject: { order_sn: orderSn } }] });
});
