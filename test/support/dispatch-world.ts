import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { Failure } from "../../src/domain/failure.ts";
import type { Identifier } from "../../src/domain/identifier.ts";
import { createDispatches, type Dispatches } from "../../src/state/dispatches.ts";
import { migrate } from "../../src/state/migrate.ts";
import { createPlans, type Plans } from "../../src/state/plans.ts";
import type { Database } from "../../src/state/schema.ts";
import { sqliteDialect } from "../../src/state/sqlite-dialect.ts";
import { createLedger, type Ledger, type LedgerRow } from "../../src/state/writes/ledger.ts";
import { samplePlan } from "./sample-plan.ts";

/** What a route is made of in the world below. */
export type WorldRoute = { planId: string; licensePlate: string; shipmentIds: Identifier[] };

/** A call that dispatches a route, between two of its steps. */
export type Dispatching = { route: WorldRoute; claimId: number; row?: LedgerRow; isSent: boolean };

/** A process as the ledger sees it: it claims and writes under a name, and is there or provably gone. */
export type Actor = { owner: string; dispatches: Dispatches; plans: Plans; ledger: Ledger };

/** One state that several processes share, each of them a step at a time, and what the vendor holds. */
export type DispatchWorld = {
  routes: WorldRoute[];
  start: () => Actor;
  kill: (actor: Actor) => void;
  isGone: (owner: string) => boolean;
  close: () => Promise<void>;
};

/** A database in memory with two plans: each has two routes, and a shipment of theirs is the other's as well. */
export async function createDispatchWorld(): Promise<DispatchWorld> {
  const db = new Kysely<Database>({
    dialect: sqliteDialect(new DatabaseSync(":memory:"), (error) => error),
  });
  await migrate(db, ":memory:");
  const gone = new Set<string>();
  let started = 0;
  let identifiers = 0;
  const start = (): Actor => {
    const owner = `process-${started++}`;
    const owners = { self: () => owner, isGone: (one: string) => gone.has(one), close: () => {} };
    const now = () => 0;
    return {
      owner,
      dispatches: createDispatches({ db, now, owners }),
      plans: createPlans({ db, now, randomId: () => `plan ${identifiers++}`, owners }),
      ledger: createLedger({ db, clocks: { now }, owners }),
    };
  };
  const { plans } = start();
  const kept = [await plans.save(samplePlan({ vehicles: 2, stopsPerVehicle: 2 }))];
  kept.push(await plans.save(samplePlan({ vehicles: 2, stopsPerVehicle: 2 })));
  const loads: Identifier[][][] = [
    [
      [1, 2],
      [2, 3, 17],
    ],
    [["1"], ["3", "17"]],
  ];
  const routes = kept.flatMap(({ planId }, plan) =>
    ["粤A1", "粤A2"].map((licensePlate, index) => ({
      planId,
      licensePlate,
      shipmentIds: loads[plan]?.[index] ?? [],
    })),
  );
  return {
    routes,
    start,
    kill: ({ owner }) => gone.add(owner),
    isGone: (owner) => gone.has(owner),
    close: () => db.destroy(),
  };
}

/** The identifier of a route's job. */
export function jobOf({ planId, licensePlate }: WorldRoute): string {
  return `${planId}-${licensePlate}`;
}

/** Records the intent of a claimed route's write; undefined where another's unfinished or done write is found. */
export async function recordIntent(
  { ledger }: Actor,
  route: WorldRoute,
  writeId: string,
): Promise<LedgerRow | undefined> {
  const job = jobOf(route);
  const intent = {
    tool: "dispatch_plan",
    vendor: "routemate" as const,
    requestId: job,
    fingerprint: job,
    naturalKey: job,
    arguments: "{}",
    principal: null,
    personal: "none" as const,
  };
  const { kind, row } = await ledger.claim(intent, { writeId, skip: new Set() });
  return kind === "new" ? row : undefined;
}

/** The failure of a write that was not sent, or that the vendor did not take. */
export function notTaken(): Failure {
  return new Failure("rejected", "The vendor took nothing.", { isUnsent: true });
}
