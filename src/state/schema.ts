import type { Generated } from "kysely";
import type { VendorName } from "../domain/failure.ts";
import type { Objective } from "../domain/plan.ts";

/** The tables as the newest migration leaves them. Moments are ISO 8601 text, documents JSON text. */
export type Database = {
  plans: PlansTable;
  planRevisions: PlanRevisionsTable;
  materialRules: MaterialRulesTable;
  writes: WritesTable;
};

/** One row a plan, with the figures of its newest revision, so that a list needs no document. */
export type PlansTable = {
  /** Grows with each plan: the order of lists, whatever the clock says. */
  sequence: Generated<number>;
  planId: string;
  revision: number;
  createdAt: string;
  revisedAt: string;
  area: string | null;
  /** JSON, for it may be a number or a text. */
  merchantId: string;
  objective: Objective;
  vehiclesUsed: number;
  shipmentsAssigned: number;
  shipmentsUnassigned: number;
  distanceMeters: number;
  durationSeconds: number;
};

/** One row a revision; rows are never changed. */
export type PlanRevisionsTable = { planId: string; revision: number; document: string };

/** One row a condition; exactly one of the three conditions is set. */
export type MaterialRulesTable = {
  sequence: Generated<number>;
  ruleId: string;
  material: string;
  itemName: string | null;
  itemNameContains: string | null;
  /** 0 or 1 */
  hasPrintingJob: number | null;
  createdAt: string;
};

/**
 * How far a write has come: being sent by its owner, of unknown effect, carried out, or known to have done nothing.
 */
export type WriteState = "sending" | "unknown" | "done" | "refused";

/** What told how a write ended: the vendor's answer to it, or a look-up afterwards. */
export type SettledBy = "answer" | "lookUp";

/** One row a write at a vendor: the intent before it is sent, the outcome after. */
export type WritesTable = {
  sequence: Generated<number>;
  writeId: string;
  tool: string;
  vendor: VendorName;
  requestId: string | null;
  /** Of tool and arguments. */
  fingerprint: string;
  /** What the vendor knows it by, such as an external job identifier. */
  naturalKey: string | null;
  arguments: string;
  state: WriteState;
  /** From 1; grows with each time that it is sent. */
  attempt: number;
  /** The process that sends it, as `owners.ts` names it. */
  owner: string;
  /** Instants (JSON) of the first send, of the last loss of its answer, and of its settling. */
  firstStarted: string;
  lost: string | null;
  settled: string | null;
  /** 1 while a request whose answer was lost may still be at work at the vendor, 0 when it is over. */
  mayStillLand: number;
  settledBy: SettledBy | null;
  outcome: string | null;
  failure: string | null;
};
