import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { clientKinds, connectHttp, connectStdio, type TestClient } from "../support/clients.ts";
import { exampleLoad } from "../support/example-calls/tracking.ts";
import { answerQuestions } from "../support/listening.ts";
import { type HttpServerProcess, startHttpServer } from "../support/server-process.ts";

let sandbox: Sandbox;
let http: HttpServerProcess;
beforeAll(async () => {
  sandbox = await startSandbox();
  http = await startHttpServer(environment("ask"));
});
afterAll(async () => {
  await http.stop();
  await sandbox.close();
});

function environment(confirm: string) {
  return { ...sandbox.environment, WAYBILL_CONFIRM: confirm, WAYBILL_POLL_SECONDS: "0" };
}

const combinations = clientKinds.flatMap((kind) => [
  { kind, transport: "stdio", connect: () => connectStdio(kind, { env: environment("ask") }) },
  { kind, transport: "HTTP", connect: () => connectHttp(kind, http.url) },
]);

describe.each(combinations)("a $kind client on $transport, where the person is asked", ({ connect }) => {
  let client: TestClient;
  beforeAll(async () => {
    client = await connect();
  });
  afterAll(() => client.close());

  test("puts the question to the person and does it when they agree", async () => {
    const trackingId = await createLoad(client);
    const questions = answerQuestions(client, { action: "accept", content: { confirm: true } });
    const answer = await client.call("delete_tracking", { tracking_id: trackingId });
    expect(answer, answer.text).toMatchObject({ isError: false, data: { deleted: true } });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toContain(trackingId);
    expect(loads()).not.toContain(trackingId);
  });

  test.each([
    { action: "decline" as const },
    { action: "cancel" as const },
    { action: "accept" as const, content: { confirm: false } },
  ])("does nothing when they do not: %o", async (reply) => {
    const trackingId = await createLoad(client);
    answerQuestions(client, reply);
    const answer = await client.call("delete_tracking", { tracking_id: trackingId });
    expect(answer.data).toMatchObject({ error: { code: "cancelled" } });
    expect(loads()).toContain(trackingId);
  });
});

test("where nobody is asked, the question is the first call's answer", async () => {
  const client = await connectStdio("v2 auto", { env: environment("token") });
  const trackingId = await createLoad(client);
  const questions = answerQuestions(client, { action: "accept", content: { confirm: true } });
  const args = { tracking_id: trackingId };
  const { data } = await client.call("delete_tracking", args);
  expect(data).toMatchObject({ needs_confirmation: true, preview: expect.anything() });
  expect(loads()).toContain(trackingId);
  const done = await client.call("delete_tracking", { ...args, confirmation: data["confirmation"] });
  expect(done.data).toMatchObject({ deleted: true });
  const again = await client.call("delete_tracking", { ...args, confirmation: data["confirmation"] });
  expect(again.data).toMatchObject({ deleted: true, repeated: true });
  expect(questions).toEqual([]);
  await client.close();
});

async function createLoad({ call }: TestClient): Promise<string> {
  const { data, text } = await call("create_tracking", exampleLoad());
  expect(data["tracking_id"], text).toBeTypeOf("string");
  return String(data["tracking_id"]);
}

function loads(): unknown[] {
  const { trackings = [] } = sandbox.holdings("transmit");
  return trackings.map((tracking) => (tracking as { id: unknown }).id);
}
