import { once } from "node:events";
import { rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { longPlan, withProgress } from "../support/long-plan.ts";
import { initialize, initialized, type Message, modernRequest, request } from "../support/messages.ts";
import { headersFor, sendHttp, sendMessage } from "../support/raw-http.ts";
import { type HttpServerProcess, runWaybill, startHttpServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const listPlans = () => modernRequest("tools/call", { name: "list_plans", arguments: {} });

/** A server that does not outlive its test, however that ends. */
async function startServer(env: Record<string, string> = {}): Promise<HttpServerProcess> {
  const server = await startHttpServer(env);
  onTestFinished(() => void server.process.kill("SIGKILL"));
  return server;
}

/** Everything that a server process says on stderr from now on. */
function collectStderr({ process }: HttpServerProcess): () => string {
  let said = "";
  process.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  return () => said;
}

describe("the server", () => {
  test("is alive but not ready once its state file is gone, and does not say where its code is", async () => {
    const location = join(temporaryFolder(), "waybill.db");
    const { url } = await startServer({ WAYBILL_STATE: location, WAYBILL_LOG_LEVEL: "silent" });
    expect(await sendHttp(new URL("/readyz", url))).toMatchObject({ status: 200 });
    rmSync(location);
    const unready = await sendHttp(new URL("/readyz", url));
    expect(unready).toMatchObject({ status: 503 });
    expect(JSON.stringify(unready)).not.toMatch(/\bat .+\.ts:\d+/);
    expect(await sendHttp(new URL("/healthz", url))).toMatchObject({ status: 200 });
  });

  test("that finds its port in use says so in one line and ends with 2", async () => {
    const { port } = new URL((await startServer()).url);
    const { code, stdout, stderr } = await runWaybill(["--http", "--port", port]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^waybill: [^\\n]*${port}[^\\n]*in use[^\\n]*\\n$`));
  });

  test("lives on and complains to no one when a client hangs up in the middle of its body", async () => {
    const server = await startServer();
    const said = collectStderr(server);
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST /mcp HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: 1000\r\n\r\n{"jsonrpc"`);
    await setTimeout(50);
    socket.destroy();
    expect(await sendHttp(new URL("/readyz", server.url))).toMatchObject({ status: 200 });
    server.process.kill("SIGTERM");
    expect(await once(server.process, "close")).toEqual([0, null]);
    expect(said()).toBe("");
  });
});

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
  test("ends the server with 0 although clients are connected and listen", async () => {
    const server = await startServer();
    const session = await openSession(server.url);
    const listening = httpRequest(server.url, { headers: { ...session, Accept: "text/event-stream" } }).end();
    const [stream] = await once(listening, "response");
    const streamEnded = once(stream.resume(), "close");
    server.process.kill(signal);
    expect(await once(server.process, "close")).toEqual([0, null]);
    await streamEnded;
  });

  test("ends a plan that is being made, and the server with 0 and without a word", async () => {
    const server = await startServer();
    const said = collectStderr(server);
    const call = await startCall(server.url, modernRequest("tools/call", longPlan));
    server.process.kill(signal);
    expect(await once(server.process, "close")).toEqual([0, null]);
    await call.ended;
    expect(said()).toBe("");
  });
});

describe("a plan that is being made", () => {
  test("stops when its client of 2026-07-28 hangs up", async () => {
    const { url } = await startServer();
    const call = await startCall(url, modernRequest("tools/call", longPlan));
    expect(await readMetrics(url)).toContain(searchThread);
    call.hangUp();
    await expectIdle(url);
  });

  test("stops when its session ends", async () => {
    const { url } = await startServer();
    const session = await openSession(url);
    const call = await startCall(url, request("tools/call", longPlan), session);
    await sendHttp(url, { method: "DELETE", headers: session });
    await call.ended;
    await expectIdle(url);
  });
});

async function openSession(url: string): Promise<Record<string, string>> {
  const { headers } = await sendMessage(url, initialize("2025-11-25"));
  const session = {
    "Mcp-Session-Id": String(headers["mcp-session-id"]),
    "MCP-Protocol-Version": "2025-11-25",
  };
  await sendMessage(url, initialized, session);
  return session;
}

type Call = { hangUp: () => void; ended: Promise<unknown> };

/** Starts a call with progress and comes back when the server is well at work on it. */
async function startCall(url: string, message: Message, headers: Record<string, string> = {}): Promise<Call> {
  const outgoing = httpRequest(url, {
    method: "POST",
    headers: { ...headersFor(message), ...headers },
    agent: false,
  });
  outgoing.end(JSON.stringify(withProgress(message)));
  const [response] = await once(outgoing, "response");
  const ended = new Promise((resolve) => response.once("close", resolve));
  // Hanging up is an error to the one who does it, and to the one it is done to.
  response.on("error", () => {});
  await new Promise<void>((resolve) => {
    let seen = "";
    response.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      if (/"progress":0\.\d/.test(seen)) resolve();
    });
  });
  return { hangUp: () => outgoing.destroy(), ended };
}

/** Passes once the call is over as cancelled and no thread is left that searches. */
async function expectIdle(url: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const metrics = await readMetrics(url);
      expect(metrics).toContain('waybill_tool_calls_total{tool="plan_load",code="cancelled"} 1');
      expect(metrics).not.toContain(searchThread);
    },
    { timeout: 20_000, interval: 50 },
  );
  const { message } = await sendMessage(url, listPlans());
  expect(message?.result).toMatchObject({ structuredContent: { plans: [] } });
}

/** What a process has for every thread that it talks with. */
const searchThread = 'nodejs_active_resources{type="MessagePort"}';

async function readMetrics(url: string): Promise<string> {
  return (await sendHttp(new URL("/metrics", url))).text;
}
