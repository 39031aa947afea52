import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import { keyOf } from "./request.ts";

type GroupContext = {
  /** The argument's name, for messages. */
  list: string;
  /** Keys of the shipments there are. */
  known: ReadonlySet<string>;
  /** Groups that share a shipment are one; else they are refused. */
  mayOverlap: boolean;
};

/** The number of each shipment's group, by `keyOf` its identifier. */
export function readGroups(
  groups: readonly Identifier[][] = [],
  { list, known, mayOverlap }: GroupContext,
): Map<string, number> {
  const numberOf = new Map<string, number>();
  for (const [index, group] of groups.entries()) {
    const keys = [...new Set(group.map(keyOf))];
    const stranger = group.findIndex((id) => !known.has(keyOf(id)));
    if (stranger >= 0) {
      refuse(`${list}[${index}][${stranger}]`, `is ${group[stranger]}, which is none of the shipments.`);
    }
    const others = new Set(keys.flatMap((key) => numberOf.get(key) ?? []));
    const shared = keys.find((key) => numberOf.has(key));
    if (shared !== undefined && !mayOverlap) {
      refuse(`${list}[${index}]`, `has shipment ${shared} of another group: join the two groups into one.`);
    }
    for (const [key, number] of numberOf) if (others.has(number)) numberOf.set(key, index);
    for (const key of keys) numberOf.set(key, index);
  }
  return numberOf;
}

function refuse(field: string, fault: string): never {
  throw new Failure("invalid_input", `${field} ${fault}`, {
    hint: "Correct the field and call again; nothing was planned.",
    fields: [field],
  });
}
