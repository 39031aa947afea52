import { has, isTorn, mutualConflicts } from "../../conflicts.ts";
import type { Pairs } from "../../pairs.ts";
import type { Problem } from "../../problem.ts";
import type { Model } from "../model.ts";
import type { Routes } from "../routes.ts";

/** Whether some stops must ride together, or must not. */
export function hasCompany({ stops, conflicts }: Problem): boolean {
  const hasConflicts = stops.classes?.some((own) => own !== 0) && conflicts?.some((others) => others !== 0);
  return hasConflicts === true || hasPair(stops.apartGroup) || hasPair(stops.togetherGroup);
}

/** Whether any two stops are of one group. */
export function hasPair(groups: Int32Array | undefined): boolean {
  const named = groups?.filter((group) => group >= 0) ?? [];
  return new Set(named).size < named.length;
}

/**
 * Which stops may share a route: on one trip by classes of loads that must not meet, by groups to be kept apart, and by groups to
 * be kept together. Each trip counts its stops of each class; members of a group are few and know their route.
 */
export class Company {
  /** The stops of each stop's group that is to stay together, pairs whole, itself included; undefined for none, [stop]. */
  readonly mates: readonly (Int32Array | undefined)[];
  readonly #apart: readonly (Int32Array | undefined)[];
  /** Bit sets of the classes of a stop, and of those that must not be on its trip, [stop]. */
  readonly #classes: Uint32Array;
  readonly #enemies: Uint32Array;
  /** 1 where the stop itself needs classes that must not meet, [stop]. */
  readonly #isTorn: Uint8Array;
  /** Bit sets of the classes that each must not meet, [class]. */
  readonly #conflicts: Uint32Array;
  readonly #classCount: number;
  /** Stops of each class, [trip * classes + class], and the classes that there are, as a bit set, [trip]. */
  readonly #carried: Int32Array;
  readonly #present: Uint32Array;

  constructor({ problem, pairs, stopCount, tripCount }: Model) {
    const { classes = new Uint32Array(stopCount), apartGroup, togetherGroup } = problem.stops;
    const conflicts = mutualConflicts(problem.conflicts);
    this.#classCount = conflicts.length;
    this.#classes = classes;
    this.#conflicts = conflicts;
    this.#enemies = classes.map((own) => conflicts.reduce(enemiesOf(own), 0));
    this.#isTorn = Uint8Array.from(classes, (own) => (isTorn(own, conflicts) ? 1 : 0));
    this.#carried = new Int32Array(tripCount * conflicts.length);
    this.#present = new Uint32Array(tripCount);
    this.#apart = gatherGroups(apartGroup, stopCount);
    this.mates = gatherGroups(pairs ? joinPairs(togetherGroup, pairs) : togetherGroup, stopCount);
    if (pairs) this.#tearPairs(pairs, conflicts);
  }

  /** Marks the pairs whose two stops must not meet: no vehicle can carry them. */
  #tearPairs({ partner }: Pairs, conflicts: Uint32Array): void {
    for (const [stop, other] of partner.entries()) {
      if (other < 0) continue;
      const [own, others] = [this.#classes[stop]!, this.#classes[other]!];
      const isAlone = conflicts.some((enemies, of) => has(own & others & enemies, of));
      const isApart = this.#apart[stop]?.includes(other) ?? false;
      if (isAlone || isApart || isTorn(own | others, conflicts)) this.#isTorn[stop] = 1;
    }
  }

  /** Whether the stop may join those on a route, on some trip. */
  accepts({ routeOf }: Routes, route: number, stop: number): boolean {
    if (this.#isTorn[stop] === 1) return false;
    const rivals = this.#apart[stop];
    if (rivals) for (const rival of rivals) if (routeOf[rival] === route) return false;
    const home = this.routeOfMates(routeOf, stop);
    return home < 0 || home === route;
  }

  /** Whether what the stop needs may ride with what is on a trip. */
  agrees(trip: number, stop: number): boolean {
    return (this.#present[trip]! & this.#enemies[stop]!) === 0;
  }

  /** Whether two trips may become one. */
  mayMerge(trip: number, other: number): boolean {
    return (this.#present[trip]! & this.#enemiesOn(other)) === 0;
  }

  /** Whether no vehicle can carry the stop, since it needs classes that must not meet. */
  isTorn(stop: number): boolean {
    return this.#isTorn[stop] === 1;
  }

  /** The route that the stop's group rides on; -1 while none of it rides. */
  routeOfMates(routeOf: Int32Array, stop: number): number {
    const mates = this.mates[stop];
    if (!mates) return -1;
    for (const mate of mates) if (routeOf[mate]! >= 0) return routeOf[mate]!;
    return -1;
  }

  /** Counts a stop that a trip has taken up. */
  add(trip: number, stop: number): void {
    this.#count(trip, stop, 1);
  }

  /** Counts a stop that a trip has lost. */
  remove(trip: number, stop: number): void {
    this.#count(trip, stop, -1);
  }

  #enemiesOn(trip: number): number {
    return this.#conflicts.reduce(enemiesOf(this.#present[trip]!), 0);
  }

  #count(trip: number, stop: number, step: number): void {
    const classCount = this.#classCount;
    for (let rest = this.#classes[stop]!; rest !== 0; rest &= rest - 1) {
      const own = 31 - Math.clz32(rest & -rest);
      if (own >= classCount) continue;
      const at = trip * classCount + own;
      this.#carried[at]! += step;
      if (this.#carried[at] === 0) this.#present[trip]! &= ~(1 << own);
      else this.#present[trip]! |= 1 << own;
    }
  }
}

function enemiesOf(own: number): (enemies: number, others: number, of: number) => number {
  return (enemies, others, of) => ((own & (1 << of)) === 0 ? enemies : (enemies | others) >>> 0);
}

/** Group numbers by which the stops of pairs, of which one is in a group, are of one group, [stop]. */
function joinPairs(groups: Int32Array | undefined, { partner }: Pairs): Int32Array | undefined {
  const joined = groups?.slice();
  if (!groups || !joined) return undefined;
  for (const [stop, other] of partner.entries()) {
    if (other < 0 || joined[stop]! < 0 || joined[stop] === joined[other]) continue;
    const [kept, absorbed] = [joined[stop]!, joined[other]!];
    if (absorbed < 0) joined[other] = kept;
    else
      joined.forEach((group, of) => {
        if (group === absorbed) joined[of] = kept;
      });
  }
  return joined;
}

function gatherGroups(groups: Int32Array | undefined, stopCount: number): (Int32Array | undefined)[] {
  const byGroup = Map.groupBy(groups?.keys() ?? [], (stop) => groups![stop]!);
  const members = new Map([...byGroup].map(([group, stops]) => [group, Int32Array.from(stops)]));
  return Array.from({ length: stopCount }, (_, stop) => {
    const own = members.get(groups?.[stop] ?? -1);
    return groups && groups[stop]! >= 0 && own && own.length > 1 ? own : undefined;
  });
}
