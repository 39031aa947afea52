import { expect, test } from "vitest";
import { createPulse, pulseMilliseconds } from "../../src/solver/pulse.ts";

test("a pulse tells at once what it is told, and again the latest when nothing was told for long", () => {
  let clock = 0;
  const sent: [number, string][] = [];
  const pulse = createPulse<string>({ now: () => clock, send: (progress) => sent.push([clock, progress]) });
  const beatUntil = (end: number) => {
    for (; clock < end; clock++) pulse.beat();
  };
  beatUntil(1000);
  expect(sent).toEqual([]);
  pulse.tell("first");
  beatUntil(1000 + 2 * pulseMilliseconds + 1);
  pulse.keep("second");
  beatUntil(1000 + 3 * pulseMilliseconds + 1);
  expect(sent).toEqual([
    [1000, "first"],
    [1000 + pulseMilliseconds, "first"],
    [1000 + 2 * pulseMilliseconds, "first"],
    [1000 + 3 * pulseMilliseconds, "second"],
  ]);
});
