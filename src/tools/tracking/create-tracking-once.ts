import type { App } from "../../app.ts";
import {
  isSameLoad,
  type NewTracking,
  type Tracking,
  type TrackingCreation,
  type TrackingsOf,
} from "../../domain/freight.ts";
import type { LookUp, WriteAttempt } from "../../state/writes/write-steps.ts";
import { sentByVendorsClock } from "../sent-at.ts";
import { unlessNotFound } from "../unless-not-found.ts";

/** A load to be tracked once. */
type CreateRequest = { tracking: NewTracking; requestId?: string | undefined; signal: AbortSignal };

/** One look for a create whose answer was lost. */
type Look = CreateRequest & {
  app: App;
  write: WriteAttempt & { otherOutcomes: TrackingCreation[] };
};

/** Room for what the vendor's answers don't tell of its clock, and for its whole seconds. */
const clockRoomMilliseconds = 5 * 60_000;

/** How far back earlier creates are asked for, and how many brokers are searched. */
const rememberedCreates = 20;
const askedAnchors = 3;
const searchedBrokers = 3;

/**
 * Creates a tracking so that there is one, whatever is lost in between. The vendor knows no idempotency key and lists
 * loads only by broker or carrier, neither of which a create names; so the list to look in comes from an earlier
 * create of this account, whose answer named both.
 */
export async function createTrackingOnce(
  app: App,
  { tracking, requestId, signal }: CreateRequest,
): Promise<{ outcome: TrackingCreation; repeated: boolean }> {
  const [store, transmit] = await Promise.all([app.store(), app.transmit()]);
  return store.writes.once<TrackingCreation>(
    {
      tool: "create_tracking",
      vendor: "transmit",
      requestId,
      arguments: { tracking },
      naturalKey: tracking.carrierEmail.toLowerCase(),
      signal,
    },
    {
      send: () => transmit.createTracking(tracking, { signal }),
      lookUp: (write) => findCreated({ app, write, tracking, signal }),
      settleHint:
        "list_trackings with your broker_id, or the carrier's carrier_id, tells whether the tracking is there. " +
        "If it is, make the same call again; if it is not, make it again with a new request_id.",
    },
  );
}

/**
 * Looks where the write must be if it took effect: then what is not there was not written. Without an earlier create
 * it looks where it may be, and a miss says nothing.
 */
async function findCreated(look: Look): Promise<LookUp<TrackingCreation>> {
  const transmit = await look.app.transmit();
  const anchor = await findAnchor(look);
  const brokers = transmit.brokersSeen().slice(0, searchedBrokers);
  const owners = anchor ? [ownerBeside(anchor, look)] : brokers.map((brokerId) => ({ brokerId }));
  let isTold = anchor !== undefined;
  for (const owner of owners) {
    for (const candidate of await findCandidates(owner, look)) {
      const found = await transmit.getTracking(candidate, { signal: look.signal });
      if (isOfCarrier(found, look)) return { found: true, outcome: { created: true, tracking: found } };
      if (found.carrier.email === null) isTold = false;
    }
  }
  return { found: false, isFinal: isTold };
}

/**
 * A tracking that this account is known to have created and that the vendor shows it now: a create names no broker,
 * so the account alone decides whose loads it makes. Asked anew, for the state may outlive an account.
 */
async function findAnchor({ app, tracking, write, signal }: Look): Promise<Tracking | undefined> {
  const [store, transmit] = await Promise.all([app.store(), app.transmit()]);
  const { items } = await store.writes.list({ tool: "create_tracking", limit: rememberedCreates });
  const created = items.flatMap(({ writeId, state, outcome, naturalKey }) =>
    state === "done" && writeId !== write.writeId && isCreation(outcome)
      ? [{ tracking: outcome.tracking, isSameCarrier: naturalKey === tracking.carrierEmail.toLowerCase() }]
      : [],
  );
  const sameCarrierFirst = created.toSorted((a, b) => Number(b.isSameCarrier) - Number(a.isSameCarrier));
  for (const { tracking: kept } of sameCarrierFirst.slice(0, askedAnchors)) {
    const shown = await unlessNotFound(transmit.getTracking(kept.id, { signal }), "forbidden");
    if (shown && shown.createdAt === kept.createdAt && shown.broker.id === kept.broker.id) return shown;
  }
  return undefined;
}

/** The shortest list that must hold the write: its carrier's where the anchor has the same one. */
function ownerBeside(anchor: Tracking, look: Look): TrackingsOf {
  if (isOfCarrier(anchor, look)) return { carrierId: String(anchor.carrier.id) };
  return { brokerId: String(anchor.broker.id) };
}

/** Loads that are the wanted one but for the carrier, whom lists don't name: oldest first. */
async function findCandidates(owner: TrackingsOf, { app, tracking, write, signal }: Look): Promise<string[]> {
  const transmit = await app.transmit();
  const { trackings } = await transmit.listTrackings(owner, { signal });
  const others = new Set(write.otherOutcomes.filter(isCreation).map((outcome) => outcome.tracking.id));
  // A clock that is ahead does not narrow the search: a wrong match shows by its carrier, a missed one is sent twice.
  const sentAt = sentByVendorsClock(write, { vendorNow: transmit.vendorNow, now: app.now });
  const earliest = Math.min(Date.parse(write.firstStartedAt), sentAt) - clockRoomMilliseconds;
  return trackings
    .filter((found) => isSameLoad(tracking, found) && !others.has(found.id))
    .filter(({ createdAt }) => !(Date.parse(createdAt) < earliest))
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
    .map(({ id }) => id);
}

function isOfCarrier({ carrier }: Tracking, { tracking }: Look): boolean {
  return carrier.email?.trim().toLowerCase() === tracking.carrierEmail.toLowerCase();
}

/** An outcome as this tool records it. */
function isCreation(outcome: unknown): outcome is Extract<TrackingCreation, { created: true }> {
  return typeof outcome === "object" && outcome !== null && "created" in outcome && outcome.created === true;
}
