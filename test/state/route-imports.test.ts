import { expect, test } from "vitest";
import { createWriteDesk, failing, minute } from "../support/write-desk.ts";

/** A ledger with imports in it, and the reader of them. */
async function dispatched() {
  const desk = await createWriteDesk();
  const send = (externalJobId: string, stopIds: string[], outcome?: () => Promise<never>) => {
    const stops = stopIds.map((externalStopId) => ({ externalStopId }));
    const given = { route: { externalJobId, stops } };
    const request = { tool: "import_route", vendor: "routemate", naturalKey: externalJobId } as const;
    return desk.writes
      .once<{ jobId: string }>(
        { ...request, arguments: given },
        { settleHint: "", send: outcome ?? (async () => ({ jobId: `job of ${externalJobId}` })) },
      )
      .catch(() => {});
  };
  return { ...desk, send, imports: desk.routeImports };
}

test("routes that were sent come newest first, with their stops and the vendor's job", async () => {
  const { send, imports } = await dispatched();
  await send("A", ["1", "2+3"]);
  await send("B", ["4"]);
  const found = await imports.find({});
  expect(
    found.map(({ externalJobId, jobId, stopIds, state }) => [externalJobId, jobId, stopIds, state]),
  ).toEqual([
    ["B", "job of B", ["4"], "done"],
    ["A", "job of A", ["1", "2+3"], "done"],
  ]);
});

test("one whose answer was lost has no job, and one that was refused is none", async () => {
  const { send, imports } = await dispatched();
  await send("LOST", ["1"], failing("outcome_unknown"));
  await send("REFUSED", ["2"], failing("rejected", 400));
  expect(await imports.find({})).toMatchObject([{ externalJobId: "LOST", jobId: null, state: "unknown" }]);
});

test("writes of other tools, and arguments of another shape, are no imports", async () => {
  const { writes, imports } = await dispatched();
  const outcome = { settleHint: "", send: async () => ({ jobId: "x" }) };
  await writes.once({ tool: "create_order", vendor: "yunji", arguments: { route: {} } }, outcome);
  for (const given of [
    {},
    { route: null },
    { route: { externalJobId: 1, stops: [] } },
    { route: { externalJobId: "A" } },
  ])
    await writes.once({ tool: "import_route", vendor: "routemate", arguments: given }, outcome);
  expect(await imports.find({})).toEqual([]);
});

test("job, time, wish and number choose among them", async () => {
  const { send, imports, clock, pass } = await dispatched();
  await send("A", ["1"]);
  pass(minute);
  const since = new Date(clock.wall).toISOString();
  await send("B", ["2"]);
  await send("C", ["1"]);
  const jobs = async (query: Parameters<typeof imports.find>[0]) =>
    (await imports.find(query)).map(({ externalJobId }) => externalJobId);
  expect(await jobs({ externalJobId: "A" })).toEqual(["A"]);
  expect(await jobs({ since })).toEqual(["C", "B"]);
  expect(await jobs({ isWanted: ({ stopIds }) => stopIds.includes("1") })).toEqual(["C", "A"]);
  expect(await jobs({ isWanted: ({ stopIds }) => stopIds.includes("1"), limit: 1 })).toEqual(["C"]);
});

test("more than a page of them are all found", async () => {
  const { send, imports } = await dispatched();
  for (let index = 0; index < 230; index++) await send(`J${index}`, []);
  expect(await imports.find({})).toHaveLength(230);
  expect(await imports.find({ externalJobId: "J3" })).toHaveLength(1);
});

test("routes of plans and routes sent one by one are both imports, with their drivers", async () => {
  const { writes, imports } = await dispatched();
  for (const [tool, driverEmail, driverResolved] of [
    ["import_route", "known@example.com", true],
    ["dispatch_plan", "new@example.com", false],
  ] as const) {
    const route = { externalJobId: tool, driverEmail, stops: [] };
    await writes.once(
      { tool, vendor: "routemate", naturalKey: tool, arguments: { route } },
      { settleHint: "", send: async () => ({ jobId: "1", driverResolved }) },
    );
  }
  expect(await imports.find({})).toMatchObject([
    { externalJobId: "dispatch_plan", driverEmail: "new@example.com", isDriverKnown: false },
    { externalJobId: "import_route", driverEmail: "known@example.com", isDriverKnown: true },
  ]);
});
