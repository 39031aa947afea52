import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HttpServer } from "../../src/transports/http.ts";
import { createFixtureServer } from "../conformance/fixture.ts";
import { combinations, withFixtureClient } from "../support/fixture-clients.ts";
import { startHttpStack } from "../support/http-stack.ts";
import { answerQuestions } from "../support/listening.ts";
import { modernRequest } from "../support/messages.ts";
import { sendMessage } from "../support/raw-http.ts";

let server: HttpServer;
beforeAll(async () => {
  server = await startHttpStack(createFixtureServer);
});
afterAll(() => server.close());

describe.each(combinations)("a $kind client on $transport", (combination) => {
  test("puts a tool's question to the person and hands the answer back", () =>
    withFixtureClient(combination, server.url, async (client) => {
      const content = { username: "王敏", email: "wang@example.com" };
      const questions = answerQuestions(client, { action: "accept", content });
      const answer = await client.call("test_elicitation", { message: "Who signs for it?" });
      expect(questions).toEqual(["Who signs for it?"]);
      expect(answer).toMatchObject({
        isError: false,
        text: `action=accept content=${JSON.stringify(content)}`,
      });
    }));

  test("lets the tool know that the person declined", () =>
    withFixtureClient(combination, server.url, async (client) => {
      answerQuestions(client, { action: "decline" });
      const answer = await client.call("test_elicitation", { message: "Who signs for it?" });
      expect(answer.text).toBe("action=decline content={}");
    }));

  test("is asked again, with what it answered before, until a tool knows enough", () =>
    withFixtureClient(combination, server.url, async (client) => {
      const questions = answerQuestions(client, {
        action: "accept",
        content: { name: "王敏", color: "blue" },
      });
      const answer = await client.call("test_input_required_result_multi_round", {});
      expect(questions).toEqual(["What is your name?", "Which colour do you like?"]);
      expect(answer).toMatchObject({ isError: false, text: "Both are answered." });
    }));
});

test("a 2026-07-28 client that can't ask a person is refused with what it lacks", async () => {
  const call = modernRequest("tools/call", { name: "test_elicitation", arguments: { message: "?" } });
  const { status, message } = await sendMessage(server.url, call);
  expect(status).toBe(400);
  expect(message?.error).toMatchObject({
    code: -32021,
    data: { requiredCapabilities: { elicitation: {} } },
  });
});
