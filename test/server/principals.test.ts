import { userInfo } from "node:os";
import { createMcpHandler } from "@modelcontextprotocol/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { createServer } from "../../src/server.ts";
import { clientKinds, connectHttp, connectStdio, type TestClient } from "../support/clients.ts";
import { exampleLoad } from "../support/example-calls/tracking.ts";
import { exampleImport } from "../support/example-calls.ts";
import { answerQuestions } from "../support/listening.ts";
import { modernRequest } from "../support/messages.ts";
import { headersFor } from "../support/raw-http.ts";
import { type HttpServerProcess, startHttpServer } from "../support/server-process.ts";

let sandbox: Sandbox;
let http: HttpServerProcess;
beforeAll(async () => {
  sandbox = await startSandbox();
  http = await startHttpServer(environment());
});
afterAll(async () => {
  await http.stop();
  await sandbox.close();
});

function environment(more: Record<string, string> = {}) {
  return { ...sandbox.environment, WAYBILL_CONFIRM: "ask", WAYBILL_POLL_SECONDS: "0", ...more };
}

async function newestWrite({ call }: TestClient, tool: string): Promise<unknown> {
  const { data, text } = await call("list_writes", { tool, limit: 1 });
  expect(data["writes"], text).toHaveLength(1);
  return (data["writes"] as unknown[])[0];
}

const connections = clientKinds.flatMap((kind) => [
  {
    kind,
    transport: "stdio",
    connect: () => connectStdio(kind, { env: environment() }),
    from: { transport: "stdio", account: userInfo().username },
  },
  {
    kind,
    transport: "http",
    connect: () => connectHttp(kind, http.url),
    from: { transport: "http", address: expect.stringMatching(/^(::ffff:)?127\.0\.0\.1$|^::1$/) },
  },
]);

describe.each(connections)("a $kind client on $transport", ({ connect, from }) => {
  let client: TestClient;
  beforeAll(async () => {
    client = await connect();
  });
  afterAll(() => client.close());

  test("stands in the record of what it had written, under its own name", async () => {
    const args = exampleImport(`asked-${crypto.randomUUID()}`);
    expect((await client.call("import_route", args)).isError).toBe(false);
    expect(await newestWrite(client, "import_route")).toMatchObject({
      about: args.external_job_id,
      asked_by: { client: "test 1", ...from },
      state: "done",
    });
  });

  test("and a person's consent beside it, where one was asked", async () => {
    answerQuestions(client, { action: "accept", content: { confirm: true } });
    const { data } = await client.call("create_tracking", exampleLoad());
    await client.call("delete_tracking", { tracking_id: data["tracking_id"] });
    expect(await newestWrite(client, "delete_tracking")).toMatchObject({
      about: data["tracking_id"],
      asked_by: { client: "test 1", ...from, agreement: "person" },
    });
  });
});

test.each([
  ["token", "token"],
  ["off", "off"],
])("with WAYBILL_CONFIRM=%s the record says who agreed: %s", async (confirm, agreement) => {
  const client = await connectStdio("v2 auto", { env: environment({ WAYBILL_CONFIRM: confirm }) });
  const load = await client.call("create_tracking", exampleLoad());
  const args = { tracking_id: load.data["tracking_id"] };
  const { data } = await client.call("delete_tracking", args);
  const { confirmation } = data;
  if (confirmation !== undefined) await client.call("delete_tracking", { ...args, confirmation });
  expect(await newestWrite(client, "delete_tracking")).toMatchObject({ asked_by: { agreement } });
  await client.close();
});

test("whom HTTP authenticated stands in the record, and the token does not", async () => {
  const app = createApp(
    readConfig({ ...environment(), WAYBILL_STATE: ":memory:", WAYBILL_LOG_LEVEL: "silent" }),
  );
  const handler = createMcpHandler(() => createServer(app, { transport: "http" }));
  const request = modernRequest("tools/call", { name: "import_route", arguments: exampleImport("by-wang") });
  const authInfo = { token: "very-secret-token", clientId: "desk-7", scopes: [], extra: { sub: "wang.min" } };
  const response = await handler.fetch(
    new Request("http://localhost/mcp", {
      method: "POST",
      headers: headersFor(request),
      body: JSON.stringify(request),
    }),
    { authInfo },
  );
  expect(await response.text()).toContain("by-wang");
  const { items } = await (await app.store()).writes.list({ limit: 1 });
  expect(items[0]?.principal).toMatchObject({ transport: "http", account: "wang.min by desk-7" });
  expect(JSON.stringify(items)).not.toContain("very-secret-token");
  await app.close();
});
