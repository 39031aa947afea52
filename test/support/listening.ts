import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import {
  ElicitRequestSchema,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { TestClient } from "./clients.ts";

type ElicitAnswer = {
  action: "accept" | "decline" | "cancel";
  content?: Record<string, string | number | boolean | string[]>;
};

/** Answers every question that the server puts to the person; the questions are kept. */
export function answerQuestions({ raw }: TestClient, answer: ElicitAnswer): string[] {
  const questions: string[] = [];
  const reply = (message: string): ElicitAnswer => {
    questions.push(message);
    return answer;
  };
  if (raw instanceof OldClient) {
    raw.setRequestHandler(ElicitRequestSchema, ({ params }) => reply(params.message));
    return questions;
  }
  raw.setRequestHandler("elicitation/create", ({ params }) => reply(params.message));
  return questions;
}

/** The URIs of the updates that this client is told of, in their order. */
export function collectUpdates({ raw }: TestClient): string[] {
  const updates: string[] = [];
  if (raw instanceof OldClient) {
    raw.setNotificationHandler(
      ResourceUpdatedNotificationSchema,
      ({ params }) => void updates.push(params.uri),
    );
    return updates;
  }
  raw.setNotificationHandler(
    "notifications/resources/updated",
    ({ params }) => void updates.push(params.uri),
  );
  return updates;
}

/** Subscribes to one resource in the way of the client's protocol; the result ends it. */
export async function watch({ raw, kind }: TestClient, uri: string): Promise<() => Promise<unknown>> {
  if (!(raw instanceof OldClient) && kind === "v2 auto") {
    const subscription = await raw.listen({ resourceSubscriptions: [uri] });
    return () => subscription.close();
  }
  await raw.subscribeResource({ uri });
  return () => raw.unsubscribeResource({ uri });
}

/** Counts how often the client is told that the list of resources changed, asking for it where that is needed. */
export async function countListChanges({ raw, kind }: TestClient): Promise<{ count: number }> {
  const changes = { count: 0 };
  const count = () => {
    changes.count += 1;
  };
  if (raw instanceof OldClient) {
    raw.setNotificationHandler(ResourceListChangedNotificationSchema, count);
    return changes;
  }
  raw.setNotificationHandler("notifications/resources/list_changed", count);
  if (kind === "v2 auto") await raw.listen({ resourcesListChanged: true });
  return changes;
}
