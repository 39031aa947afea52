import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { clientKinds, connectHttp, connectStdio, type TestClient } from "../support/clients.ts";
import { dispatchExample } from "../support/example-calls/dispatch.ts";
import { answerQuestions } from "../support/listening.ts";
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

function environment() {
  return { ...sandbox.environment, WAYBILL_CONFIRM: "ask", WAYBILL_POLL_SECONDS: "0" };
}

const combinations = clientKinds.flatMap((kind) => [
  { kind, transport: "stdio", connect: () => connectStdio(kind, { env: environment() }) },
  { kind, transport: "HTTP", connect: () => connectHttp(kind, http.url) },
]);

/** More is not read by who is asked. */
const longestQuestion = 800;

describe.each(combinations)("a $kind client on $transport", ({ connect }) => {
  let client: TestClient;
  beforeAll(async () => {
    client = await connect();
  });
  afterAll(() => client.close());

  test("asks the person in a few words before a plan goes out, and sends it when they agree", async () => {
    const args = await dispatchExample({ call: client.call, holdings: sandbox.holdings });
    const [plate] = Object.keys(args["drivers"] as object);
    const questions = answerQuestions(client, { action: "accept", content: { confirm: true } });
    const { data, text } = await client.call("dispatch_plan", args);
    expect(data, text).toMatchObject({ status: "dispatched", routes: [{ license_plate: plate }] });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatch(/^Send 1 route of plan .* to 1 driver, 2 stops in all\?/);
    expect(questions[0]).toContain(plate);
    expect(questions[0]?.length).toBeLessThanOrEqual(longestQuestion);
    expect(jobsOf(args)).toHaveLength(1);
  });

  test("sends nothing when they do not agree", async () => {
    const args = await dispatchExample({ call: client.call, holdings: sandbox.holdings });
    answerQuestions(client, { action: "decline" });
    const { data } = await client.call("dispatch_plan", args);
    expect(data).toMatchObject({ error: { code: "cancelled" } });
    expect(jobsOf(args)).toEqual([]);
  });
});

function jobsOf({ plan_id }: Record<string, unknown>) {
  return sandbox.jobs.filter(({ metadata }) => metadata["plan_id"] === plan_id);
}
