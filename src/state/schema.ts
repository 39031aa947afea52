import type { Generated } from "kysely";
import type { VendorName } from "../domain/failure.ts";
import type { Objective } from "../domain/plan.ts";

/** The tables as the newest migration leaves them. Moments are ISO 8601 text, documents JSON text. */
export type Database = {
  plans: PlansTable;
  planRevisions: PlanRevisionsTable;
  plannedShipments: PlannedShipmentsTable;
  materialRules: MaterialRulesTable;
  writes: WritesTable;
  events: EventsTable;
  eventSubjects: EventSubjectsTable;
  turns: TurnsTable;
  confirmations: ConfirmationsTable;
  drivers: DriversTable;
  dispatchedRoutes: DispatchedRoutesTable;
  dispatchedShipments: DispatchedShipmentsTable;
  news: NewsTable;
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

/** One row a stop at which a shipment is unloaded, of the newest revision of each plan. */
export type PlannedShipmentsTable = {
  shipmentId: string;
  planId: string;
  licensePlate: string;
  /** Its sequence number, from 1. */
  stop: number;
  arriveAt: string;
};

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
  /** Who asked for it (JSON), as `domain/principal.ts` has it; null in rows of older versions. */
  principal: string | null;
  /** What of the row may still hold personal data: all of it, its outcome (and with it what was answered), or none. */
  personal: Generated<"all" | "outcome" | "none">;
};

/** One row a confirmation; `used` is set once its call is made, `answer` once that has ended well. */
export type ConfirmationsTable = {
  confirmation: string;
  tool: string;
  fingerprint: string;
  /** The arguments and the content that were shown (JSON); null in rows of older versions. */
  shown: string | null;
  /** Instants (JSON). */
  issued: string;
  used: string | null;
  answer: string | null;
};

/** One row an event at a vendor; rows are never changed. */
export type EventsTable = {
  /** Grows with each event that is kept: the order of lists, whatever the clocks say. */
  sequence: Generated<number>;
  /** Made from what tells the event from others. */
  eventId: string;
  vendor: VendorName;
  kind: string;
  occurredAt: string;
  receivedAt: string;
  subject: string;
  data: string;
};

/** One row a member of an event's subject, for who asks by it. */
export type EventSubjectsTable = { name: string; value: string; sequence: number };

/** One row a time that a vendor was asked about a subject; `taken` is an instant (JSON). */
export type TurnsTable = {
  /** Grows with each turn: who waits longest, whatever the clocks say. */
  sequence: Generated<number>;
  vendor: VendorName;
  subject: string;
  taken: string;
};

/** One row a vehicle. */
export type DriversTable = { licensePlate: string; driverEmail: string; setAt: string };

/** One row a route that is out or about to go out; one that did not go out may be taken away again. */
export type DispatchedRoutesTable = {
  /** Never given twice. */
  claimId: Generated<number>;
  planId: string;
  /** Of the plan when it was claimed. */
  revision: number;
  licensePlate: string;
  externalJobId: string;
  driverEmail: string;
  /** JSON, for each may be a number or a text. */
  shipmentIds: string;
  claimedAt: string;
  /** The process that claimed it, as `owners.ts` names it. */
  owner: string;
  /** The sequence of the ledger's last write before the claim: its own comes later. */
  writesBefore: number;
  /** JSON, the route as it is driven. */
  driven: string | null;
};

/** One row a shipment of such a route. */
export type DispatchedShipmentsTable = {
  /** As text. */
  shipmentId: string;
  claimId: number;
  /** Since when it may go out under another plan. */
  releasedAt: string | null;
};

/** One row a change that others may wait for; triggers write it. Each kind has its own columns. */
export type NewsTable = {
  sequence: Generated<number>;
  kind: "revision" | "event" | "dispatch" | "write";
  planId: string | null;
  revision: number | null;
  externalJobId: string | null;
  /** JSON */
  subject: string | null;
  shipmentIds: string | null;
};
