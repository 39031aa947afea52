import type { Transaction } from "kysely";
import type { DispatchedRoute, DispatchedShipment } from "../../domain/dispatch.ts";
import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import { canonicalJson } from "../fingerprint.ts";
import { inParts } from "../in-parts.ts";
import type { Owners } from "../owners.ts";
import { newestRevision } from "../plans/newest-revision.ts";
import type { Database } from "../schema.ts";
import { type ClaimRow, claimStateOf, selectClaims, selectRoutes, toRoute } from "./dispatched-routes.ts";
import { findShipmentsOut, shipmentKeys } from "./dispatched-shipments.ts";

/** A route that is about to be sent. */
export type NewClaim = {
  planId: string;
  revision: number;
  licensePlate: string;
  externalJobId: string;
  driverEmail: string;
  shipmentIds: readonly Identifier[];
};

type Place = { db: Transaction<Database>; owners: Pick<Owners, "isGone"> };

const mostNamed = 5;

/** Claims a route within a transaction that holds the write lock; `Dispatches.claim` says when it fails. */
export async function claimRoute(
  place: Place,
  route: NewClaim,
  { owner, claimedAt }: { owner: string; claimedAt: string },
): Promise<DispatchedRoute> {
  const { db, owners } = place;
  const { planId, revision, licensePlate, externalJobId, driverEmail, shipmentIds } = route;
  const standing = await standingClaim(place, route, owner);
  if (standing) return standing;
  const newest = await newestRevision(db, planId);
  if (newest !== revision) throw staleRevision(route, newest);
  const keys = shipmentKeys(shipmentIds);
  const out = await findShipmentsOut(place, keys);
  const elsewhere = out.filter((shipment) => shipment.planId !== planId);
  if (elsewhere.length > 0) throw isOutElsewhere(route, elsewhere);
  await removeEmptyClaims(place, keys, planId);
  const { claimId } = await db
    .insertInto("dispatchedRoutes")
    .values({
      planId,
      revision,
      licensePlate,
      externalJobId,
      driverEmail,
      shipmentIds: JSON.stringify(firstOfEach(shipmentIds)),
      claimedAt,
      owner,
      writesBefore: await lastWrite(db),
    })
    .returning("claimId")
    .executeTakeFirstOrThrow();
  for (const part of inParts(keys)) {
    await db
      .insertInto("dispatchedShipments")
      .values(part.map((shipmentId) => ({ shipmentId, claimId })))
      .execute();
  }
  return readRoute({ db, owners }, claimId);
}

/** The claim of the plate that stands already, when it is the same; one that may be taken away is, here. */
async function standingClaim(
  { db, owners }: Place,
  route: NewClaim,
  owner: string,
): Promise<DispatchedRoute | undefined> {
  const row = await selectClaims(db)
    .where("planId", "=", route.planId)
    .where("licensePlate", "=", route.licensePlate)
    .executeTakeFirst();
  if (!row) return undefined;
  const state = claimStateOf(row, owners);
  const standing = await readRouteIfAny({ db, owners }, row.claimId);
  if (standing && state !== "refused" && isSame(standing, route)) return standing;
  // A claim of this very process that got no write is a call that failed, or one that will find its claim gone.
  const isFree = state === "void" || state === "refused" || (state === "claimed" && row.owner === owner);
  if (!isFree) throw isClaimed(route, standing);
  await db.deleteFrom("dispatchedRoutes").where("claimId", "=", row.claimId).execute();
  return undefined;
}

/** Takes other plans' claims that came to nothing away from shipments that are now this one's: none of them is sent. */
async function removeEmptyClaims(
  { db, owners }: Place,
  keys: readonly string[],
  planId: string,
): Promise<void> {
  const rows: ClaimRow[] = [];
  for (const part of inParts(keys)) {
    const holding = db
      .selectFrom("dispatchedShipments")
      .select("claimId")
      .where("shipmentId", "in", part)
      .where("releasedAt", "is", null);
    const claims = selectClaims(db).where("dispatchedRoutes.claimId", "in", holding);
    rows.push(...(await claims.where("planId", "<>", planId).execute()));
  }
  const empty = rows.filter((row) => ["void", "refused"].includes(claimStateOf(row, owners)));
  for (const { claimId } of empty) {
    await db.deleteFrom("dispatchedRoutes").where("claimId", "=", claimId).execute();
  }
}

async function lastWrite(db: Transaction<Database>): Promise<number> {
  const { last } = await db
    .selectFrom("writes")
    .select(({ fn }) => fn.max<number | null>("sequence").as("last"))
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

async function readRoute(place: Place, claimId: number): Promise<DispatchedRoute> {
  const route = await readRouteIfAny(place, claimId);
  if (route) return route;
  throw new Failure("internal", `Claim ${claimId} was made and is not there.`);
}

async function readRouteIfAny({ db, owners }: Place, claimId: number): Promise<DispatchedRoute | undefined> {
  const row = await selectRoutes(db).where("claimId", "=", claimId).executeTakeFirst();
  return row && toRoute(row, owners);
}

function isSame(standing: DispatchedRoute, route: NewClaim): boolean {
  const content = ({ externalJobId, driverEmail, shipmentIds }: NewClaim) =>
    canonicalJson([
      externalJobId,
      driverEmail.toLowerCase(),
      shipmentKeys(shipmentIds).sort((a, b) => (a < b ? -1 : 1)),
    ]);
  return content(standing) === content(route);
}

function firstOfEach(shipmentIds: readonly Identifier[]): Identifier[] {
  const first = new Map<string, Identifier>();
  for (const id of shipmentIds) if (!first.has(String(id))) first.set(String(id), id);
  return [...first.values()];
}

function staleRevision({ planId, revision }: NewClaim, newest: number): Failure {
  return new Failure(
    "conflict",
    `Plan ${planId} is at revision ${newest}; revision ${revision} is not sent.`,
    {
      hint: `Read revision ${newest} with get_plan, then dispatch that one.`,
      fields: ["revision"],
    },
  );
}

function isClaimed({ planId, licensePlate }: NewClaim, standing: DispatchedRoute | undefined): Failure {
  const to = standing ? ` to ${standing.driverEmail}` : "";
  const how = standing?.state === "dispatched" ? `is out${to} already` : `is being dispatched${to}`;
  return new Failure("conflict", `The route of ${licensePlate} of plan ${planId} ${how}.`, {
    hint: "Nothing can be taken back at RouteMate: get_plan shows how the route stands.",
    fields: ["license_plates"],
  });
}

function isOutElsewhere({ licensePlate }: NewClaim, elsewhere: readonly DispatchedShipment[]): Failure {
  const [first] = elsewhere;
  const ids = shipmentKeys(elsewhere.map(({ shipmentId }) => shipmentId));
  const more = ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : "";
  const how = first?.state === "dispatched" ? "are out already" : "are being sent or may be out";
  return new Failure(
    "conflict",
    `Route ${licensePlate} is not sent: shipments ${ids.slice(0, mostNamed).join(", ")}${more} ${how}, ` +
      `${first?.shipmentId} with ${first?.licensePlate} of plan ${first?.planId}.`,
    {
      hint: "Take them off this route with revise_plan (remove), or let them go out again with release_shipments.",
      fields: ["license_plates"],
    },
  );
}
