import type { InstanceKind } from "../instances/instance.ts";

/** The sets that have goals of their own; an instance belongs to one by its kind and size. */
export const setNames = [
  "cvrp-small",
  "cvrp-middle",
  "cvrp-large",
  "leuven",
  "antwerp",
  "solomon",
  "homberger",
  "hfvrp",
  "sdvrptw",
  "mdvrptw",
  "pcvrptw",
  "rich",
] as const;

export type SetName = (typeof setNames)[number];

/** Several sets by one word. */
const groups: Record<string, readonly SetName[]> = {
  cvrp: ["cvrp-small", "cvrp-middle", "cvrp-large", "leuven", "antwerp"],
  vrptw: ["solomon", "homberger"],
  all: setNames,
};

/** Every word that names sets. */
export const setWords: readonly string[] = [...setNames, ...Object.keys(groups)];

/** The most stops of a set of this kind, smallest set first; the last has no end. */
const bySize: Partial<Record<InstanceKind, [set: SetName, most: number][]>> = {
  cvrp: [
    ["cvrp-small", 200],
    ["cvrp-middle", 575],
    ["cvrp-large", 1001],
    ["leuven", 4999],
    ["antwerp", Number.POSITIVE_INFINITY],
  ],
  vrptw: [
    ["solomon", 100],
    ["homberger", Number.POSITIVE_INFINITY],
  ],
};

/** The set that an instance of this kind and size belongs to. */
export function setOf(kind: InstanceKind, stops: number): SetName {
  if (kind === "cvrp" || kind === "vrptw") {
    const [set] = bySize[kind]?.find(([, most]) => stops <= most) ?? [];
    if (set) return set;
    throw new Error(`no set takes ${stops} stops of ${kind}`);
  }
  return kind;
}

/** The sets that a word names; none when it names no set. */
export function setsNamed(word: string): readonly SetName[] {
  return groups[word] ?? setNames.filter((set) => set === word);
}
