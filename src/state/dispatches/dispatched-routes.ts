import { type Kysely, sql } from "kysely";
import type { DispatchedRoute, DispatchState } from "../../domain/dispatch.ts";
import type { Owners } from "../owners.ts";
import type { Database, WriteState } from "../schema.ts";

/** Where claims are read, and what tells whether the process that made one is still there. */
export type ClaimsPlace = { db: Kysely<Database>; owners: Pick<Owners, "isGone"> };

/** A claim with the state that its write gives it; "void" where it never got a write and never will. */
export type ClaimRow = {
  claimId: number;
  planId: string;
  licensePlate: string;
  owner: string;
  writeState: WriteState | null;
  writeOwner: string | null;
};

/** The tool under which the ledger has the writes of dispatched routes; their natural key is the external job id. */
const dispatchTool = "dispatch_plan";

/** What the ledger says of a claim. */
export function claimStateOf(row: ClaimRow, owners: ClaimsPlace["owners"]): DispatchState | "void" {
  if (row.writeState === null) return owners.isGone(row.owner) ? "void" : "claimed";
  if (row.writeState === "done") return "dispatched";
  if (row.writeState !== "sending") return row.writeState;
  return row.writeOwner !== null && owners.isGone(row.writeOwner) ? "unknown" : "sending";
}

/** The claims with their own writes: the latest of the job that came after the claim. */
export function selectClaims(db: Kysely<Database>) {
  return db
    .selectFrom("dispatchedRoutes")
    .leftJoin("writes", (join) =>
      join.on((where) =>
        where(
          "writes.sequence",
          "=",
          where
            .selectFrom("writes as own")
            .select(({ fn }) => fn.max("own.sequence").as("sequence"))
            .whereRef("own.naturalKey", "=", "dispatchedRoutes.externalJobId")
            .whereRef("own.sequence", ">", "dispatchedRoutes.writesBefore")
            .where("own.tool", "=", dispatchTool),
        ),
      ),
    )
    .select([
      "dispatchedRoutes.claimId",
      "dispatchedRoutes.planId",
      "dispatchedRoutes.licensePlate",
      "dispatchedRoutes.owner",
      "writes.state as writeState",
      "writes.owner as writeOwner",
    ]);
}

/** The claims as the rest of Waybill sees them, those that are void left out. */
export function selectRoutes(db: Kysely<Database>) {
  return selectClaims(db).select([
    "revision",
    "externalJobId",
    "driverEmail",
    "shipmentIds",
    "claimedAt",
    "driven",
    sql<string | null>`json_extract(writes.outcome, '$.jobId')`.as("jobId"),
    sql<string>`(
      select json_group_array(shipmentId) from dispatchedShipments as released
      where released.claimId = dispatchedRoutes.claimId and released.releasedAt is not null
    )`.as("releasedShipmentIds"),
  ]);
}

type RouteRow = Awaited<ReturnType<ReturnType<typeof selectRoutes>["execute"]>>[number];

/** Undefined for a void claim. */
export function toRoute(row: RouteRow, owners: ClaimsPlace["owners"]): DispatchedRoute | undefined {
  const state = claimStateOf(row, owners);
  if (state === "void") return undefined;
  const { owner: _, writeState: __, writeOwner: ___, ...kept } = row;
  return {
    ...kept,
    shipmentIds: JSON.parse(row.shipmentIds),
    releasedShipmentIds: JSON.parse(row.releasedShipmentIds),
    driven: row.driven === null ? null : JSON.parse(row.driven),
    state,
  };
}
