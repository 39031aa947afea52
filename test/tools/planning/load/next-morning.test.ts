import { expect, onTestFinished, test } from "vitest";
import { nextMorning } from "../../../../src/tools/planning/load/next-morning.ts";
import { connectStdio } from "../../../support/clients.ts";
import { smallDay } from "../../../support/small-day.ts";

const at = (moment: string) => Date.parse(moment);

test("is 08:00 in the zone that the ERP writes, wherever the server runs", () => {
  const created = "2026-04-14T10:00:00+08:00";
  expect(nextMorning(at("2026-11-22T20:00:00Z"), [created])).toBe("2026-11-23T08:00:00+08:00");
  expect(nextMorning(at("2026-11-22T23:59:00Z"), [created])).toBe("2026-11-23T08:00:00+08:00");
  expect(nextMorning(at("2026-11-23T00:00:00Z"), [created])).toBe("2026-11-24T08:00:00+08:00");
  expect(nextMorning(at("2026-12-31T14:00:00Z"), ["2026-04-14T10:00:00-03:30"])).toBe(
    "2027-01-01T08:00:00-03:30",
  );
});

test("takes the zone of the first that has one, whatever comes before it", () => {
  const moments = [
    undefined,
    "2026-04-14T02:00:00Z",
    "2026-04-14",
    "2026-04-14T10:00:00+05:45",
    "2026-04-14T10:00:00+08:00",
  ];
  expect(nextMorning(at("2026-11-22T20:00:00Z"), moments)).toBe("2026-11-23T08:00:00+05:45");
});

test("is 08:00 of the server's own clock where nothing tells a zone", () => {
  for (const example of [[], [undefined, "2026-04-14T10:00:00Z"]]) {
    const morning = nextMorning(at("2026-11-22T20:00:00Z"), example);
    const local = new Date(morning);
    expect(local.getHours()).toBe(8);
    expect(local.getTime()).toBeGreaterThan(at("2026-11-22T20:00:00Z"));
  }
});

test("is 08:00 of China's clocks for trucks that start there, where nobody wrote an offset", async () => {
  const client = await connectStdio("v2 auto", { env: { TZ: "America/New_York" } });
  onTestFinished(() => client.close());
  const { start_at: _, ...day } = smallDay as Record<string, unknown>;
  const inChina = await client.call("plan_load", day);
  expect(inChina.data["start_at"]).toMatch(/T08:00:00\+08:00$/);
  const inParis = await client.call("plan_load", { ...day, depot: { lat: 48.85, lng: 2.35 } });
  expect(inParis.data["start_at"]).toMatch(/T08:00:00-0[45]:00$/);
});
