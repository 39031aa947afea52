import { expect, test, vi } from "vitest";
import { type App, createApp } from "../../../../src/app.ts";
import { readConfig } from "../../../../src/config/config.ts";
import { Failure } from "../../../../src/domain/failure.ts";
import { askSource, type Found } from "../../../../src/tools/tracking/sources/ask-source.ts";
import { failureOf } from "../../../support/failures.ts";

const lines: string[] = [];
const app: App = createApp(readConfig({ WAYBILL_STATE: ":memory:" }), {
  writeLog: (line) => lines.push(line),
});
const asking = (signal = new AbortController().signal) => ({ app, signal, sourceMilliseconds: 20 });
const question = (ask: (signal: AbortSignal) => Promise<Found | undefined>) =>
  ({ source: "yunji", basis: "live", ask }) as const;

test("what a source found comes with its name on each entry", async () => {
  const found: Found = {
    status: "arriving",
    told: "At the door.",
    timeline: [{ at: "2026-01-01T00:00:00Z", what: "x" }],
  };
  expect(
    await askSource(
      asking(),
      question(async () => found),
    ),
  ).toEqual({
    source: "yunji",
    basis: "live",
    state: "answered",
    status: "arriving",
    told: "At the door.",
    timeline: [{ at: "2026-01-01T00:00:00Z", what: "x", source: "yunji" }],
  });
});

test.each([
  ["not_found", "not_found"],
  ["not_configured", "not_configured"],
  ["unavailable", "failed"],
  ["bad_response", "failed"],
] as const)("a source that fails with %s is %s, with the reason", async (code, state) => {
  const report = await askSource(
    asking(),
    question(() => Promise.reject(new Failure(code, "Because."))),
  );
  expect(report).toMatchObject({ state, status: "unknown", reason: "Because.", timeline: [] });
});

test("a source that never answers is given up, told to stop, and holds nobody up", async () => {
  const stopped = vi.fn();
  const silent = question((signal) => {
    signal.addEventListener("abort", stopped);
    return new Promise<undefined>(() => {});
  });
  const report = await askSource(asking(), silent);
  expect(report).toMatchObject({ state: "failed", reason: "It gave no answer within 0.02 seconds." });
  expect(stopped).toHaveBeenCalledOnce();
});

test("a fault of our own is told without its text, which only the log has", async () => {
  const report = await askSource(
    asking(),
    question(() => Promise.reject(new TypeError("x is undefined"))),
  );
  expect(report).toMatchObject({ state: "failed", reason: "Something in Waybill itself went wrong." });
  expect(lines.join()).toContain("x is undefined");
});

test("the caller's own end is thrown, before and while a source is asked", async () => {
  const caller = new AbortController();
  const silent = question(() => new Promise<undefined>(() => {}));
  const asked = failureOf(askSource(asking(caller.signal), silent));
  caller.abort();
  expect((await asked).code).toBe("cancelled");
  expect((await failureOf(askSource(asking(caller.signal), silent))).code).toBe("cancelled");
});
