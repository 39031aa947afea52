import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import type { PlanRoute, PlanStop } from "../../../src/domain/plan.ts";
import { migrations } from "../../../src/state/migrate.ts";
import { openStore } from "../../../src/state/open-store.ts";
import type { NewPlan } from "../../../src/state/plans.ts";
import { sqliteDialect } from "../../../src/state/sqlite-dialect.ts";
import { samplePlan } from "../../support/sample-plan.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function freshPlans(location = ":memory:") {
  const store = await openStore({ location, now: Date.now });
  onTestFinished(() => store.close());
  return store.plans;
}

const sample = samplePlan({ vehicles: 2, stopsPerVehicle: 2 });
const [firstRoute, secondRoute] = sample.routes as [PlanRoute, PlanRoute];

function stop(sequence: number, shipmentIds: PlanStop["shipmentIds"], arriveAt: string): PlanStop {
  const [template] = firstRoute.stops as [PlanStop];
  return { ...template, sequence, shipmentIds, arriveAt };
}

function planOf(routes: [plate: string, stops: PlanStop[]][]): NewPlan {
  const { planId: _, revision: __, createdAt: ___, ...plan } = sample;
  return {
    ...plan,
    routes: routes.map(([licensePlate, stops]) => ({ ...secondRoute, licensePlate, stops })),
  };
}

const morning = "2026-11-23T09:00:00+08:00";
const noon = "2026-11-23T12:00:00+08:00";

test("a shipment is found where the newest revision of its plan has it", async () => {
  const plans = await freshPlans();
  const { planId } = await plans.save(planOf([["粤A1", [stop(1, [7], morning), stop(2, [8, 9], noon)]]]));
  expect(await plans.withShipment(9)).toEqual({
    planId,
    revision: 1,
    licensePlate: "粤A1",
    sequence: 2,
    arriveAt: noon,
  });
  await plans.revise({ planId, expectedRevision: 1, plan: planOf([["粤A2", [stop(1, [9], morning)]]]) });
  expect(await plans.withShipment(9)).toEqual({
    planId,
    revision: 2,
    licensePlate: "粤A2",
    sequence: 1,
    arriveAt: morning,
  });
  expect(await plans.withShipment(7)).toBeUndefined();
});

test("of several plans the newest that has it on a route tells, not the one revised last", async () => {
  const plans = await freshPlans();
  const older = await plans.save(planOf([["粤A1", [stop(1, [7, 8], morning)]]]));
  const newer = await plans.save(planOf([["粤A2", [stop(1, [7], morning)]]]));
  await plans.revise({
    planId: older.planId,
    expectedRevision: 1,
    plan: planOf([["粤A3", [stop(1, [7, 8], noon)]]]),
  });
  expect(await plans.withShipment(7)).toMatchObject({ planId: newer.planId, licensePlate: "粤A2" });
  expect(await plans.withShipment(8)).toMatchObject({ planId: older.planId, licensePlate: "粤A3" });
});

test("a split shipment is told by its first stop, and a number and its text are the same identifier", async () => {
  const plans = await freshPlans();
  const { planId } = await plans.save(
    planOf([
      ["粤A1", [stop(1, ["S-1", 12], noon)]],
      ["粤A2", [stop(1, ["S-1"], morning)]],
    ]),
  );
  expect(await plans.withShipment("S-1")).toMatchObject({ planId, licensePlate: "粤A2", arriveAt: morning });
  expect(await plans.withShipment("12")).toEqual(await plans.withShipment(12));
  expect(await plans.withShipment("12")).toMatchObject({ licensePlate: "粤A1" });
});

test("a plan with thousands of shipments is found by each of them", async () => {
  const plans = await freshPlans();
  const ids = Array.from({ length: 3_500 }, (_, index) => index);
  await plans.save(planOf([["粤A1", ids.map((id) => stop(id + 1, [id], morning))]]));
  expect(await plans.withShipment(3_499)).toMatchObject({ sequence: 3_500 });
});

test("plans from before the index existed are in it after the migration", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const database = new DatabaseSync(location);
  const db = new Kysely<unknown>({ dialect: sqliteDialect(database, (error) => error) });
  for (const migration of migrations.slice(0, 5)) await migration(db);
  await sql.raw(`pragma application_id = ${Buffer.from("Wayb").readInt32BE()}`).execute(db);
  await sql.raw("pragma user_version = 5").execute(db);
  const insertPlan = database.prepare(
    "insert into plans values (null, 'plan-1', 2, '', '', null, 'null', 'balanced', 1, 1, 0, 0, 0)",
  );
  insertPlan.run();
  const insertRevision = database.prepare("insert into planRevisions values ('plan-1', ?, ?)");
  insertRevision.run(1, JSON.stringify(planOf([["粤A1", [stop(1, [7, 8], morning)]]])));
  insertRevision.run(2, JSON.stringify(planOf([["粤A2", [stop(1, [7, "S-9"], noon)]]])));
  await db.destroy();
  const plans = await freshPlans(location);
  const expected = { planId: "plan-1", revision: 2, licensePlate: "粤A2", sequence: 1, arriveAt: noon };
  expect(await plans.withShipment(7)).toEqual(expected);
  expect(await plans.withShipment("S-9")).toEqual(expected);
  expect(await plans.withShipment(8)).toBeUndefined();
});
