import { Failure } from "../../domain/failure.ts";
import { has, isTorn } from "../conflicts.ts";
import type { Load } from "./cargo.ts";
import { joinWords } from "./load-words.ts";

/** Which materials must not ride together, as the search's classes of loads. */
export type Separation = {
  /** Materials of each class, as the caller wrote them, [class]. */
  materials: string[];
  /** Bit set of the classes that each must not meet, [class]. */
  conflicts: Uint32Array;
};

const mostClasses = 32;

/** Every two materials of a group must not meet. A Failure `invalid_input` names one that nobody knows. */
export function readSeparation(groups: readonly string[][] = [], known: ReadonlySet<string>): Separation {
  const named = groups.map((group) => group.map((name) => name.trim()));
  for (const [index, group] of named.entries()) {
    const stranger = group.findIndex((name) => !known.has(name));
    if (stranger < 0) continue;
    const shown = [...known].slice(0, 20).join(", ");
    refuse(
      `separate_materials[${index}][${stranger}]`,
      `is ${group[stranger]}, which no vehicle takes and no shipment carries; known are ${shown}`,
    );
  }
  const materials = [...new Set(named.flat())];
  if (materials.length > mostClasses) {
    refuse("separate_materials", `names ${materials.length} materials: at most ${mostClasses}`);
  }
  const conflicts = new Uint32Array(materials.length);
  for (const group of named) {
    const classes = [...new Set(group)].map((name) => materials.indexOf(name));
    for (const own of classes) for (const other of classes) if (own !== other) conflicts[own]! |= 1 << other;
  }
  return { materials, conflicts };
}

/** Bit set of a load's classes. */
export function classesOf(load: Load, materials: readonly string[], separation: Separation): number {
  return separation.materials.reduce((classes, name, index) => {
    const quantity = load[materials.indexOf(name)] ?? 0;
    return quantity > 0 ? classes | (1 << index) : classes;
  }, 0);
}

/** "坯布 and 成品": what of a load must not ride together; undefined where all of it may. */
export function describeTorn(classes: number, { materials, conflicts }: Separation): string | undefined {
  if (!isTorn(classes, conflicts)) return undefined;
  return joinWords(materials.filter((_, own) => has(classes, own) && (classes & conflicts[own]!) !== 0));
}

function refuse(field: string, fault: string): never {
  throw new Failure("invalid_input", `${field} ${fault}.`, {
    hint: "Correct the field and call again; nothing was planned.",
    fields: [field],
  });
}
