import type { Kysely, Selectable, Transaction } from "kysely";
import { Failure } from "../domain/failure.ts";
import type { Identifier } from "../domain/identifier.ts";
import type { Objective, Plan } from "../domain/plan.ts";
import { settleClaims } from "./dispatches.ts";
import type { Owners } from "./owners.ts";
import { type Page, type PageRequest, pageOf, sequenceBefore } from "./page.ts";
import { newestRevision } from "./plans/newest-revision.ts";
import { planIdFor } from "./plans/plan-id.ts";
import {
  findPlannedShipment,
  findShipmentIds,
  indexShipments,
  type PlannedShipment,
} from "./plans/planned-shipments.ts";
import type { Database, PlansTable } from "./schema.ts";

/** A plan before it is kept: what it is called and when it was made is the store's to say. */
export type NewPlan = Omit<Plan, "planId" | "revision" | "createdAt">;

/** A plan in a list, with the figures of its newest revision. */
export type PlanSummary = {
  planId: string;
  revision: number;
  /** Of the first revision and of the newest, ISO 8601. */
  createdAt: string;
  revisedAt: string;
  area: string | null;
  merchantId: Identifier | null;
  objective: Objective;
  vehiclesUsed: number;
  shipmentsAssigned: number;
  shipmentsUnassigned: number;
  distanceMeters: number;
  durationSeconds: number;
};

/** Plans and their revisions. Nothing that was kept is ever changed. */
export type Plans = {
  /** Keeps a plan as revision 1 of a new identifier. */
  save: (plan: NewPlan) => Promise<Plan>;
  /**
   * Keeps a plan as the next revision; `conflict` unless `expectedRevision` is the newest and `frozenPlates` (none,
   * when left out) are those of the routes that are out, `not_found` without the plan.
   */
  revise: (revision: NewRevision) => Promise<Plan>;
  /** A revision, or the newest; `not_found` when there is none. */
  get: (planId: string, revision?: number) => Promise<Plan>;
  /** Newest plans first. */
  list: (page: PageRequest) => Promise<Page<PlanSummary>>;
  /** Up to `limit` identifiers that begin so, newest first. */
  idsStartingWith: (prefix: string, limit: number) => Promise<string[]>;
  /** Up to `limit` shipments on routes whose identifiers begin so, in their order. */
  shipmentsStartingWith: (prefix: string, limit: number) => Promise<string[]>;
  /** Where the newest plan that has the shipment on a route has it. */
  withShipment: (shipmentId: Identifier) => Promise<PlannedShipment | undefined>;
};

/** A revision before it is kept, and what it was made on the ground of. */
export type NewRevision = {
  planId: string;
  expectedRevision: number;
  plan: NewPlan;
  /** The plates that were out or about to go out when the revision was worked out. */
  frozenPlates?: readonly string[];
};

type Options = { db: Kysely<Database>; now: () => number; randomId: () => string; owners: Owners };

const idLetters = 4;
const idAttempts = 20;

/** The plans of a store. */
export function createPlans({ db, now, randomId, owners }: Options): Plans {
  const timestamp = () => new Date(now()).toISOString();
  return {
    save: (plan) =>
      db.transaction().execute(async (transaction) => {
        const planId = await freeIdFor(transaction, plan.options.startAt, randomId);
        const kept: Plan = { ...plan, planId, revision: 1, createdAt: timestamp() };
        await transaction
          .insertInto("plans")
          .values({ planId, createdAt: kept.createdAt, ...summaryColumns(kept) })
          .execute();
        await insertRevision(transaction, kept);
        return kept;
      }),
    revise: ({ planId, expectedRevision, plan, frozenPlates = [] }) =>
      db.transaction().execute(async (transaction) => {
        const newest = await newestRevision(transaction, planId);
        if (newest !== expectedRevision) throw staleRevision({ planId, expectedRevision, newest });
        const standing = await settleClaims({ db: transaction, owners }, planId);
        refuseOtherClaims(planId, { standing, frozenPlates });
        const kept: Plan = { ...plan, planId, revision: newest + 1, createdAt: timestamp() };
        await transaction
          .updateTable("plans")
          .set(summaryColumns(kept))
          .where("planId", "=", planId)
          .execute();
        await insertRevision(transaction, kept);
        return kept;
      }),
    get: (planId, revision) => getPlan(db, planId, revision),
    list: (page) => listPlans(db, page),
    idsStartingWith: async (prefix, limit) => {
      const rows = await db
        .selectFrom("plans")
        .select("planId")
        .where("planId", ">=", prefix)
        .where("planId", "<", `${prefix}\uffff`)
        .orderBy("sequence", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ planId }) => planId);
    },
    shipmentsStartingWith: (prefix, limit) => findShipmentIds(db, prefix, limit),
    withShipment: (shipmentId) => findPlannedShipment(db, shipmentId),
  };
}

async function getPlan(db: Kysely<Database>, planId: string, revision: number | undefined): Promise<Plan> {
  const row = await db
    .selectFrom("planRevisions")
    .select("document")
    .where("planId", "=", planId)
    .$if(revision !== undefined, (query) => query.where("revision", "=", revision ?? 0))
    .orderBy("revision", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row) return JSON.parse(row.document);
  const newest = await newestRevision(db, planId);
  throw new Failure("not_found", `Plan ${planId} has no revision ${revision}; its newest is ${newest}.`, {
    hint: "Leave `revision` out to get the newest.",
    fields: ["revision"],
  });
}

async function listPlans(db: Kysely<Database>, page: PageRequest): Promise<Page<PlanSummary>> {
  const rows = await db
    .selectFrom("plans")
    .selectAll()
    .where("sequence", "<", sequenceBefore(page))
    .orderBy("sequence", "desc")
    .limit(page.limit + 1)
    .execute();
  const { total } = await db
    .selectFrom("plans")
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return pageOf(rows, { limit: page.limit, total, toItem: toSummary });
}

function toSummary({ sequence: _, ...row }: Selectable<PlansTable>): PlanSummary {
  return { ...row, merchantId: JSON.parse(row.merchantId) };
}

async function freeIdFor(
  db: Transaction<Database>,
  startAt: string,
  randomId: () => string,
): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const length = attempt < idAttempts ? idLetters : idLetters * 2;
    const planId = planIdFor({ startAt, random: randomId(), length });
    const taken = await db
      .selectFrom("plans")
      .select("planId")
      .where("planId", "=", planId)
      .executeTakeFirst();
    if (!taken) return planId;
  }
}

async function insertRevision(db: Transaction<Database>, plan: Plan): Promise<void> {
  const { planId, revision } = plan;
  await db
    .insertInto("planRevisions")
    .values({ planId, revision, document: JSON.stringify(plan) })
    .execute();
  await indexShipments(db, plan);
}

function summaryColumns(plan: Plan) {
  const { vehiclesUsed, shipmentsAssigned, distanceMeters, durationSeconds } = plan.quality;
  return {
    revision: plan.revision,
    revisedAt: plan.createdAt,
    area: plan.area,
    merchantId: JSON.stringify(plan.merchantId),
    objective: plan.options.objective,
    vehiclesUsed,
    shipmentsAssigned,
    shipmentsUnassigned: plan.unassigned.length,
    distanceMeters,
    durationSeconds,
  };
}

function staleRevision(stale: { planId: string; expectedRevision: number; newest: number }): Failure {
  const { planId, expectedRevision, newest } = stale;
  return new Failure(
    "conflict",
    `Plan ${planId} is at revision ${newest}; you changed ${expectedRevision}.`,
    {
      hint: `Read revision ${newest} with get_plan, then change that one.`,
      fields: ["revision"],
    },
  );
}

/** A route that went out, or came back, while the revision was worked out makes it one of another plan. */
function refuseOtherClaims(
  planId: string,
  { standing, frozenPlates }: { standing: readonly string[]; frozenPlates: readonly string[] },
): void {
  const changed = [
    ...standing.filter((plate) => !frozenPlates.includes(plate)),
    ...frozenPlates.filter((plate) => !standing.includes(plate)),
  ];
  if (changed.length === 0) return;
  throw new Failure(
    "conflict",
    `Plan ${planId} was dispatched in part while it was changed (${changed.join(", ")}); nothing was changed.`,
    { hint: "Call again: what is out stays as it is.", fields: ["changes"] },
  );
}
