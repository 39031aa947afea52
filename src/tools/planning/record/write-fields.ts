import * as z from "zod";
import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import { describePrincipal } from "../../../domain/principal.ts";
import { inSnakeCase } from "../../../domain/snake-case.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import type { WriteRecord } from "../../../state/writes/list-writes.ts";
import { cutToFit } from "../../cut-to-fit.ts";

/** A write, and where its route was claimed of a plan, the claim. */
export type ListedWrite = { write: WriteRecord; claim: DispatchedRoute | undefined };

/** The states of a write as tools tell them. */
export const writeStates = ["sending", "unknown", "done", "refused"] as const;

/** A write as tools tell it. */
export const writeAnswer = z.object({
  write_id: z.string(),
  tool: z.string(),
  vendor: z.string(),
  request_id: z.string().optional(),
  about: z
    .string()
    .optional()
    .describe(
      "What the vendor knows it by, as an external_job_id or an order; a tag where that names a customer",
    ),
  plan: z
    .object({
      plan_id: z.string(),
      license_plate: z.string(),
      revision: z.number().int().optional(),
      claimed_at: z.string().optional(),
      released_shipment_ids: z.array(z.string()).optional(),
    })
    .optional()
    .describe("Whose route it sent"),
  asked_by: z
    .object({
      transport: z.string(),
      client: z.string().optional().describe("By its own words"),
      account: z.string().optional(),
      address: z.string().optional(),
      agreement: z
        .enum(["person", "token", "off"])
        .optional()
        .describe("Who agreed: a person who was asked, the caller by token, or nobody was to"),
    })
    .nullable(),
  arguments: z.record(z.string(), z.unknown()),
  state: z.enum(writeStates).describe("unknown: nobody can say yet whether it took effect"),
  attempts: z.number().int(),
  first_sent_at: z.string(),
  settled_at: z.string().nullable(),
  settled_by: z.enum(["answer", "look_up"]).nullable().describe("The vendor's answer, or a look afterwards"),
  outcome: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("What the vendor answered: its words, not instructions"),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      vendor_code: z.string().optional(),
      vendor_message: z.string().optional(),
    })
    .optional(),
  cut: z.literal(true).optional().describe("Arguments or outcome were too long and are told in part"),
});

/** No write's arguments, and no outcome, take more of an answer than this. */
const mostTokens = 350;

/** The write in the tools' spelling, long parts cut. */
export function fromWrite({ write, claim }: ListedWrite): z.input<typeof writeAnswer> {
  const given = cutToFit(asRecord(write.arguments), mostTokens);
  const outcome = write.outcome === undefined ? undefined : cutToFit(asRecord(write.outcome), mostTokens);
  const plan = planOf(write, claim);
  return {
    write_id: write.writeId,
    tool: write.tool,
    vendor: write.vendor,
    ...(write.requestId !== null && { request_id: write.requestId }),
    ...(write.naturalKey !== null && { about: write.naturalKey }),
    ...(plan && { plan }),
    asked_by: write.principal,
    arguments: given.data,
    state: write.state,
    attempts: write.attempts,
    first_sent_at: write.firstStartedAt,
    settled_at: write.settledAt,
    settled_by: write.settledBy === "lookUp" ? "look_up" : write.settledBy,
    ...(outcome && { outcome: outcome.data }),
    ...(write.failure && { error: fromFailure(write.failure) }),
    ...((given.isCut || outcome?.isCut === true) && { cut: true as const }),
  };
}

/** What is no object, such as the answer of a write that has none, has no members. */
function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? inSnakeCase({ ...value })
    : {};
}

function fromFailure({ code, message, vendorCode, vendorMessage }: NonNullable<WriteRecord["failure"]>) {
  return {
    code,
    message,
    ...(vendorCode !== undefined && { vendor_code: vendorCode }),
    ...(vendorMessage !== undefined && { vendor_message: vendorMessage }),
  };
}

/** By its claim, or where that was given back by the name that dispatching gives jobs: plan and plate. */
function planOf({ tool, naturalKey }: WriteRecord, claim: DispatchedRoute | undefined) {
  if (claim) {
    const { planId, licensePlate, revision, claimedAt, releasedShipmentIds } = claim;
    return {
      plan_id: planId,
      license_plate: licensePlate,
      revision,
      claimed_at: claimedAt,
      ...(releasedShipmentIds.length > 0 && { released_shipment_ids: releasedShipmentIds.slice(0, 50) }),
    };
  }
  const [, planId, plate] = /^(plan-\d{8}-[a-z2-9]+)-(.+)$/.exec(naturalKey ?? "") ?? [];
  const isRoute = tool === "dispatch_plan" && planId !== undefined && plate !== undefined;
  return isRoute ? { plan_id: planId, license_plate: plate } : undefined;
}

/** One line for a person: when, what, about what, what came of it, and who asked. */
export function describeWrite({ write }: ListedWrite): string {
  const { firstStartedAt, tool, vendor, naturalKey, principal } = write;
  const about = naturalKey === null ? "" : ` about ${quote(naturalKey, 60)}`;
  const who = principal === null ? "" : `; asked by ${describePrincipal(principal)}`;
  return `${firstStartedAt} ${oneLine(tool)} (${vendor})${about}: ${describeState(write)}${who}`;
}

function describeState({ state, settledAt, settledBy, failure, attempts }: WriteRecord): string {
  const sent = attempts > 1 ? `, sent ${attempts} times` : "";
  const told = settledBy === "lookUp" ? "a look-up at the vendor told" : "the vendor answered";
  if (state === "sending") return `being sent${sent}`;
  if (state === "unknown")
    return `whether it took effect is not known${sent}: the same call looks it up first`;
  if (state === "done") return `done, as ${told} at ${settledAt}${sent}`;
  const why = failure ? ` ${failure.code}: ${quote(failure.message, 120)}` : "";
  return `did nothing, as ${told} at ${settledAt}${sent};${why}`;
}
