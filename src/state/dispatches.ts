import type { Kysely, Transaction } from "kysely";
import type { DispatchedRoute, DispatchedShipment } from "../domain/dispatch.ts";
import type { Identifier } from "../domain/identifier.ts";
import type { PlanRoute } from "../domain/plan.ts";
import { claimRoute, type NewClaim } from "./dispatches/claim-route.ts";
import {
  type ClaimsPlace,
  claimStateOf,
  selectClaims,
  selectRoutes,
  toRoute,
} from "./dispatches/dispatched-routes.ts";
import { findShipmentsOut } from "./dispatches/dispatched-shipments.ts";
import { type Released, releaseShipments } from "./dispatches/release-shipments.ts";
import { inParts } from "./in-parts.ts";
import type { Owners } from "./owners.ts";
import type { Database } from "./schema.ts";

/**
 * What is out of plans, or may be.
 *
 * A route is claimed before its write is recorded in the ledger, and from then on the ledger alone says how it stands:
 *
 *     claimed ── intent recorded ──▶ sending ── answer ──▶ dispatched
 *        │                            │  ▲ └── refusal ──▶ refused ── drop, or another claim ──▶ gone
 *        │                       lost │  │ sent again
 *        │                            ▼  │
 *        │                           unknown ── looked up ──▶ dispatched
 *        └── its process is gone ──▶ void ── another claim or a revision ──▶ gone
 *
 * Only a void or a refused claim is ever taken away, and no clock decides. Whoever acts on one being void deletes it
 * in the same transaction. So a process that was quicker to claim and slower to write finds in `maySend`, after its
 * intent is on record, that its claim is gone, and sends nothing; and once that intent is there, nobody can take the
 * claim away.
 */
export type Dispatches = {
  /**
   * Claims a route, all of its shipments or none. The same claim again gives the one there is. Fails with `conflict`
   * when the plan's newest revision is another one, when a shipment is out under another plan, or when the plate of
   * this plan is claimed with another content; with `not_found` for an unknown plan.
   */
  claim: (route: NewClaim) => Promise<DispatchedRoute>;
  /**
   * Whether the claim still stands and none of its shipments was released. To be asked after the intent is recorded
   * and right before each send (in the `send` of the write's steps); false: send nothing.
   */
  maySend: (claimId: number) => Promise<boolean>;
  /** Gives a claim back whose write was refused, or one of this process that got no write; any other stays. */
  drop: (claimId: number) => Promise<void>;
  /** The routes of a plan, by plate. */
  ofPlan: (planId: string) => Promise<DispatchedRoute[]>;
  byJob: (externalJobId: string) => Promise<DispatchedRoute | undefined>;
  /** Every route that a shipment is, or was, claimed with, newest first: refused and released ones too. */
  ofShipment: (shipmentId: Identifier) => Promise<DispatchedRoute[]>;
  /** Newest first. */
  latest: (limit: number) => Promise<DispatchedRoute[]>;
  /** How many routes of each of these plans are out or may be; plans without one are left out. */
  countByPlan: (planIds: readonly string[]) => Promise<Map<string, number>>;
  /** Those of these shipments (of all, without) that are out or may be and were not released. */
  withShipments: (shipmentIds?: readonly Identifier[]) => Promise<DispatchedShipment[]>;
  /** Keeps how a route that is out is driven. */
  keepDriven: (route: { planId: string; licensePlate: string; driven: PlanRoute }) => Promise<void>;
  /** Lets shipments go out again; `conflict`, and none of them is released, while one of them is being sent. */
  release: (shipmentIds: readonly Identifier[]) => Promise<Released>;
};

type Options = { db: Kysely<Database>; now: () => number; owners: Owners };

/** The same within a transaction. */
type ClaimingPlace = { db: Transaction<Database>; owners: Owners };

/** The dispatches of a store. */
export function createDispatches({ db, now, owners }: Options): Dispatches {
  const timestamp = () => new Date(now()).toISOString();
  const routesOf = async (query: ReturnType<typeof selectRoutes>) =>
    (await query.execute()).flatMap((row) => toRoute(row, owners) ?? []);
  const atOnce = <Result>(work: (place: ClaimingPlace) => Promise<Result>) =>
    db.transaction().execute((transaction) => work({ db: transaction, owners }));
  return {
    claim: (route) => {
      const owner = owners.self();
      return atOnce((place) => claimRoute(place, route, { owner, claimedAt: timestamp() }));
    },
    maySend: (claimId) => maySend(db, claimId),
    drop: (claimId) => atOnce((place) => dropClaim(place, claimId, owners.self())),
    ofPlan: (planId) =>
      routesOf(selectRoutes(db).where("planId", "=", planId).orderBy("dispatchedRoutes.licensePlate")),
    byJob: async (externalJobId) =>
      (await routesOf(selectRoutes(db).where("externalJobId", "=", externalJobId)))[0],
    ofShipment: (shipmentId) =>
      routesOf(
        selectRoutes(db)
          .where("claimId", "in", (query) =>
            query
              .selectFrom("dispatchedShipments")
              .select("claimId")
              .where("shipmentId", "=", String(shipmentId)),
          )
          .orderBy("claimId", "desc"),
      ),
    latest: (limit) => routesOf(selectRoutes(db).orderBy("claimId", "desc").limit(limit)),
    countByPlan: (planIds) => countByPlan({ db, owners }, planIds),
    withShipments: (shipmentIds) => findShipmentsOut({ db, owners }, shipmentIds),
    keepDriven: async ({ planId, licensePlate, driven }) => {
      await db
        .updateTable("dispatchedRoutes")
        .set({ driven: JSON.stringify(driven) })
        .where("planId", "=", planId)
        .where("licensePlate", "=", licensePlate)
        .execute();
    },
    release: (shipmentIds) => atOnce((place) => releaseShipments(place, shipmentIds, timestamp())),
  };
}

/**
 * Takes away the claims of a plan that came to nothing and gives the plates of those that stand: in the transaction
 * of a revision, so that none of the former can still be sent afterwards.
 */
export async function settleClaims(
  { db, owners }: { db: Transaction<Database>; owners: Pick<Owners, "isGone"> },
  planId: string,
): Promise<string[]> {
  const rows = await selectClaims(db).where("planId", "=", planId).execute();
  const standing: string[] = [];
  for (const row of rows) {
    const state = claimStateOf(row, owners);
    if (state === "void" || state === "refused") await deleteClaim(db, row.claimId);
    else standing.push(row.licensePlate);
  }
  return standing;
}

async function maySend(db: Kysely<Database>, claimId: number): Promise<boolean> {
  const claim = await db
    .selectFrom("dispatchedRoutes")
    .select("claimId")
    .where("claimId", "=", claimId)
    .executeTakeFirst();
  if (!claim) return false;
  const released = await db
    .selectFrom("dispatchedShipments")
    .select("shipmentId")
    .where("claimId", "=", claimId)
    .where("releasedAt", "is not", null)
    .executeTakeFirst();
  return released === undefined;
}

async function dropClaim({ db, owners }: ClaimsPlace, claimId: number, owner: string): Promise<void> {
  const row = await selectClaims(db).where("claimId", "=", claimId).executeTakeFirst();
  if (!row) return;
  const state = claimStateOf(row, owners);
  const isOwn = state === "claimed" && row.owner === owner;
  if (state === "void" || state === "refused" || isOwn) await deleteClaim(db, claimId);
}

async function deleteClaim(db: Kysely<Database>, claimId: number): Promise<void> {
  await db.deleteFrom("dispatchedRoutes").where("claimId", "=", claimId).execute();
}

async function countByPlan(
  { db, owners }: ClaimsPlace,
  planIds: readonly string[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const part of inParts(planIds)) {
    for (const row of await selectClaims(db).where("planId", "in", part).execute()) {
      const state = claimStateOf(row, owners);
      if (state === "void" || state === "refused") continue;
      counts.set(row.planId, (counts.get(row.planId) ?? 0) + 1);
    }
  }
  return counts;
}
