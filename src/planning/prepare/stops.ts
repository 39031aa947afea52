import { addLoads, type Load } from "./cargo.ts";
import type { Conditions } from "./conditions.ts";
import type { Consignment } from "./consignment.ts";
import { type EarlierStop, keyOf } from "./request.ts";
import { fits, type Room, sumOfFills } from "./room.ts";
import { splitByVehicle, splitIntoPieces } from "./split.ts";

/** A shipment, by its index among the consignments, or a part of a split one. */
export type StopPart = {
  consignment: number;
  load: Load /** Of those that a dispatcher cut it into. */;
  part?: number;
};

/** One stop of the search: what goes to one place under the same conditions, together at most one vehicle's load. */
export type PlannedStop = { place: number; conditions: Conditions; parts: StopPart[]; load: Load };

/**
 * How finely shipments become stops. Joined stops are what a driver does, and count as one against a stop limit;
 * but a joined stop is served whole or not at all, so whatever was left out is tried again apart.
 */
export type Grain = {
  /** Shipments that are stops of their own, by `keyOf` their identifier; split ones then come in small pieces. */
  apart: ReadonlySet<string> | "all";
  /** Shipments that are in no stop: split ones of which an earlier search placed a part alone. */
  givenUp: ReadonlySet<string>;
};

/** Every shipment of one customer and address in one stop, as far as a vehicle takes them together. */
export const joined: Grain = { apart: new Set(), givenUp: new Set() };

/** Whether the shipment is a stop of its own. */
export function isApart({ apart }: Grain, key: string): boolean {
  return apart === "all" || apart.has(key);
}

/** Whether two grains make the same stops. */
export function isSameGrain(a: Grain, b: Grain): boolean {
  const textOf = ({ apart, givenUp }: Grain) =>
    JSON.stringify([apart === "all" ? apart : [...apart], [...givenUp]]);
  return textOf(a) === textOf(b);
}

/** What says how deliveries become stops. */
export type StopContext = {
  room: Room;
  grain: Grain;
  /** One roll at the plan's scale. */
  roll: number;
};

/** Makes the stops of the search from what is to be delivered, in the order of the shipments. */
export function makeStops(consignments: readonly Consignment[], context: StopContext): PlannedStop[] {
  const { room, grain } = context;
  const planned = consignments
    .map((consignment, index) => ({ consignment, index, key: keyOf(consignment.shipment.id) }))
    .filter(({ key }) => !grain.givenUp.has(key))
    .map((entry) => ({ ...entry, isApart: isApart(grain, entry.key) }));
  const inParts = planned
    .filter(({ consignment }) => consignment.isSplit)
    .flatMap((entry) => cutUp(entry, context));
  const whole = planned.filter(({ consignment }) => !consignment.isSplit);
  const groups = Map.groupBy(whole, ({ consignment: { place, conditions }, index, isApart }) =>
    isApart ? `apart ${index}` : visitKey(place, conditions, `apart ${index}`),
  );
  const together = [...groups.values()].flatMap((members) => {
    const parts = members.map(({ consignment, index }) => ({ consignment: index, load: consignment.load }));
    const { place, conditions } = members[0]!.consignment;
    return packTogether(parts, conditions, room).map((bundle) => toStop({ place, conditions }, bundle));
  });
  return [...inParts, ...together].sort((a, b) => a.parts[0]!.consignment - b.parts[0]!.consignment);
}

/** The stops of a plan that is made by hand, in its order: of each visit one for all that shares a stop in a search. */
export function makeGivenStops(
  given: readonly EarlierStop[],
  consignments: readonly Consignment[],
): PlannedStop[] {
  const indexOf = new Map(consignments.map(({ shipment }, index) => [keyOf(shipment.id), index]));
  return given.flatMap(({ shipmentIds, parts: named = [] }, visit) => {
    const pieces = shipmentIds.flatMap((id) => {
      const index = indexOf.get(keyOf(id))!;
      const { place, conditions, load, parts } = consignments[index]!;
      if (!parts) {
        const key = visitKey(place, conditions, `apart ${index} ${visit}`);
        return [{ key, place, conditions, part: { consignment: index, load } }];
      }
      const wanted = named.filter(({ shipmentId }) => keyOf(shipmentId) === keyOf(id));
      return wanted.map(({ part }) => {
        const own = parts[part]!;
        const piece: StopPart = { consignment: index, load: own.load, part };
        return { key: `${keyOf(id)} part ${part}`, place, conditions: own.conditions, part: piece };
      });
    });
    return [...Map.groupBy(pieces, ({ key }) => key).values()].map((members) =>
      toStop(
        members[0]!,
        members.map(({ part }) => part),
      ),
    );
  });
}

type Entry = { consignment: Consignment; index: number; isApart: boolean };

function cutUp({ consignment, index, isApart }: Entry, { room, roll }: StopContext): PlannedStop[] {
  const { place, parts } = consignment;
  if (parts) {
    return parts.map(({ load, conditions }, part) =>
      toStop({ place, conditions }, [{ consignment: index, load, part }]),
    );
  }
  const cut = isApart ? splitIntoPieces : splitByVehicle;
  return cut(consignment.load, room, roll).map((load) => toStop(consignment, [{ consignment: index, load }]));
}

/** What two shipments must have in common to be one stop; `own` tells those apart that never share one. */
export function visitKey(place: number, conditions: Conditions, own: string): string {
  if (standsAlone(conditions)) return own;
  const { vehicle, position, windows, priority, ...terms } = conditions;
  const spans = windows.map(({ start, end }) => `${start}..${end}`);
  const { vehicles, together, readySeconds, freeUntil, lateCostPerSecond, classes } = terms;
  const more = [vehicles?.join(), together, readySeconds, freeUntil, lateCostPerSecond, classes];
  return [place, vehicle, position, priority, ...spans, ...more].join(" ");
}

/** Whether a shipment is counted by itself: for its own minutes, its price, or because others keep off it. */
function standsAlone({ apart, serviceSeconds, penalty }: Conditions): boolean {
  return [apart, serviceSeconds, penalty].some((term) => term !== undefined);
}

function toStop(
  { place, conditions }: Pick<Consignment, "place" | "conditions">,
  parts: StopPart[],
): PlannedStop {
  const load = addLoads(
    parts.map((part) => part.load),
    parts[0]!.load.length,
  );
  return { place, conditions, parts, load };
}

/** The vehicles that something may ride, whatever it is. */
export function vehiclesFor({ vehicle, vehicles }: Conditions, { capacity }: Room): number[] {
  return vehicle >= 0 ? [vehicle] : (vehicles ?? [...capacity.keys()]);
}

/** First fit, the largest first: each bundle is one that some allowed vehicle takes whole. */
function packTogether(parts: readonly StopPart[], conditions: Conditions, room: Room): StopPart[][] {
  if (parts.length === 1) return [[...parts]];
  const vehicles = vehiclesFor(conditions, room);
  const isTakenWhole = (bundle: readonly StopPart[]) => {
    const load = addLoads(
      bundle.map((part) => part.load),
      bundle[0]!.load.length,
    );
    return vehicles.some((candidate) => fits(room, candidate, load));
  };
  if (isTakenWhole(parts)) return [[...parts]];
  const sizeOf = ({ load }: StopPart) =>
    Math.min(
      ...vehicles
        .filter((candidate) => fits(room, candidate, load))
        .map((candidate) => sumOfFills(load, room.capacity[candidate]!)),
    );
  const bundles: StopPart[][] = [];
  for (const part of [...parts].sort((a, b) => sizeOf(b) - sizeOf(a))) {
    const bundle = bundles.find((candidate) => isTakenWhole([...candidate, part]));
    if (bundle) bundle.push(part);
    else bundles.push([part]);
  }
  return bundles;
}
