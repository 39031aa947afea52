import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { HttpServer } from "../../src/transports/http.ts";
import { createFixtureServer } from "../conformance/fixture.ts";
import { connectHttp, connectStdio, type TestClient } from "../support/clients.ts";
import { combinations, withFixtureClient } from "../support/fixture-clients.ts";
import { startHttpStack } from "../support/http-stack.ts";
import { collectUpdates, countListChanges, watch } from "../support/listening.ts";
import { type HttpServerProcess, startHttpServer } from "../support/server-process.ts";
import { smallDay } from "../support/small-day.ts";

const watched = { uri: "test://watched-resource", touch: "touch_watched_resource" };
const other = { uri: "test://static-text", touch: "touch_other_resource" };

let fixture: HttpServer;
let waybill: HttpServerProcess;
beforeAll(async () => {
  fixture = await startHttpStack(createFixtureServer);
  waybill = await startHttpServer();
});
afterAll(() => Promise.all([fixture.close(), waybill.stop()]));

/** Older clients open their stream over HTTP some time after they connected: repeats until something comes. */
function until(isDone: () => boolean, act: () => Promise<unknown>): Promise<void> {
  return vi.waitFor(
    async () => {
      if (!isDone()) await act();
      if (!isDone()) throw new Error("nothing came yet");
    },
    { timeout: 20_000, interval: 20 },
  );
}

/** Changes one resource, then the other: whoever is told of both hears of the first one first. */
async function touch(client: TestClient, ...resources: { touch: string }[]): Promise<void> {
  for (const resource of resources) await client.call(resource.touch, {});
}

describe.each(combinations)("a $kind client on $transport", (combination) => {
  test("is told of the resource that it watches, of no other, and no longer than it watches", () =>
    withFixtureClient(combination, fixture.url, async (client) => {
      const updates = collectUpdates(client);
      const stop = await watch(client, watched.uri);
      await until(
        () => updates.length > 0,
        () => touch(client, other, watched),
      );
      expect(new Set(updates)).toEqual(new Set([watched.uri]));
      await stop();
      await watch(client, other.uri);
      updates.length = 0;
      await until(
        () => updates.includes(other.uri),
        () => touch(client, watched, other),
      );
      expect(new Set(updates)).toEqual(new Set([other.uri]));
    }));

  test("hears that the list of resources changed when it makes a plan", async () => {
    const { kind, transport } = combination;
    const client = transport === "stdio" ? await connectStdio(kind) : await connectHttp(kind, waybill.url);
    try {
      const changes = await countListChanges(client);
      expect(await client.call("plan_load", smallDay)).toMatchObject({ isError: false });
      await until(
        () => changes.count > 0,
        () => client.call("plan_load", smallDay),
      );
    } finally {
      await client.close();
    }
  });
});

describe.each(combinations.filter(({ transport }) => transport === "http"))(
  "two $kind clients over HTTP",
  (combination) => {
    test("are each told of their own resource alone, whoever changed it", () =>
      withFixtureClient(combination, fixture.url, (first) =>
        withFixtureClient(combination, fixture.url, async (second) => {
          const told = { first: collectUpdates(first), second: collectUpdates(second) };
          await watch(first, watched.uri);
          await watch(second, other.uri);
          await until(
            () => told.first.length > 0 && told.second.length > 0,
            () => touch(first, watched, other),
          );
          expect(new Set(told.first)).toEqual(new Set([watched.uri]));
          expect(new Set(told.second)).toEqual(new Set([other.uri]));
        }),
      ));
  },
);
