import type { Place } from "../../domain/place.ts";

/** Who sends loads. The account's token stands for the first of them; it sees those of both. */
export type Broker = { id: number; company_name: string };

/** Who drives loads, as the document shows one. */
export type Carrier = {
  id: number;
  company_name: string;
  contact_name: string;
  dot: string;
  mc: string | null;
  email: string;
  phone: string;
  phone_ext: string;
};

/** The identifiers of the document's samples; the names are invented. */
export const brokers: readonly [Broker, Broker] = [
  { id: 524081, company_name: "" },
  { id: 524116, company_name: "Lakeshore Freight Brokerage" },
];

/** Carriers that have a load on the first day: for them a new tracking is a conflict, but for the finished one. */
export const busyCarriers = {
  /** Under way for the first broker, its truck reports by itself. */
  underWay: carrier(524078, "Prairie Haul", "dispatch@prairie-haul.example"),
  /** Has a load of the first broker that has not begun. */
  waiting: carrier(524090, "Big Sky Carriers", "office@big-sky.example"),
  /** Had one that is over: free again. */
  finished: carrier(525046, "Scott Timber Transport", "loads@scott-timber.example"),
  /** Under way for the second broker, without a truck that reports. */
  silent: carrier(525102, "Ozark Silent Lines", "desk@ozark-silent.example"),
} as const;

/** Known carriers without a load. Any address that is on neither list gets an invitation. */
export const freeCarriers = {
  /** Their trucks report by themselves, as time goes by. */
  reporting: [
    carrier(525210, "Cascade Freightways", "dispatch@cascade-freightways.example"),
    carrier(525211, "Gulf Coast Trucking", "dispatch@gulf-coast.example"),
    carrier(525212, "Blue Ridge Express", "dispatch@blue-ridge.example"),
  ],
  /** Theirs do not: only location events move them. */
  silent: [
    carrier(525310, "Mojave Owner Operators", "owner@mojave.example"),
    carrier(525311, "Hudson Valley Haulage", "desk@hudson-valley.example"),
  ],
} as const;

/** Everybody the vendor knows. */
export const carriers: readonly Carrier[] = [
  ...Object.values(busyCarriers),
  ...freeCarriers.reporting,
  ...freeCarriers.silent,
];

const silentCarriers: readonly Carrier[] = [
  busyCarriers.silent,
  busyCarriers.finished,
  ...freeCarriers.silent,
];

/** Whether a carrier's truck reports where it is without being asked. */
export function isReporting(carrier: Carrier): boolean {
  return !silentCarriers.includes(carrier);
}

/** A load that is there on the first day; hours from the start, negative ones before it. */
type SeededLoad = {
  brokerId: number;
  carrier: Carrier;
  fromHours: number;
  toHours: number;
  from: Required<Place>;
  to: Required<Place>;
  enabled: boolean;
};

const newYork = { lat: 40.7127753, lng: -74.0059728, address: "New York, NY" };
const chicago = { lat: 41.8781136, lng: -87.6297982, address: "Chicago, IL" };
const washington = { lat: 38.9071923, lng: -77.0368707, address: "Washington, DC" };
const dallas = { lat: 32.7766642, lng: -96.7969879, address: "Dallas, TX" };
const denver = { lat: 39.7392358, lng: -104.990251, address: "Denver, CO" };

/** One load of each kind. */
export const seededLoads: readonly SeededLoad[] = [
  load(busyCarriers.finished, { hours: [-96, -24], from: chicago, to: washington }),
  load(busyCarriers.underWay, { hours: [-4, 30], from: newYork, to: chicago }),
  load(busyCarriers.waiting, { hours: [24, 72], from: chicago, to: denver, enabled: false }),
  load(busyCarriers.silent, { hours: [-6, 48], from: dallas, to: denver, brokerId: brokers[1].id }),
];

type LoadDraft = {
  hours: readonly [from: number, to: number];
  from: Required<Place>;
  to: Required<Place>;
  enabled?: boolean;
  brokerId?: number;
};

function load(
  by: Carrier,
  { hours, from, to, enabled = true, brokerId = brokers[0].id }: LoadDraft,
): SeededLoad {
  return { brokerId, carrier: by, fromHours: hours[0], toHours: hours[1], from, to, enabled };
}

function carrier(id: number, companyName: string, email: string): Carrier {
  return {
    id,
    company_name: companyName,
    contact_name: `${companyName} Dispatch`,
    dot: String(3_000_000 + id),
    mc: id % 2 === 0 ? null : String(700_000 + id),
    email,
    phone: `1512${String(id).padStart(7, "0")}`,
    phone_ext: "000",
  };
}
