import type { Load } from "./cargo.ts";
import { quantityText } from "./quantities.ts";

/** What turns loads into words. */
export type LoadNames = { materials: readonly string[]; scale: number };

/** "620 条 of 坯布 and 12.5 条 of 成品": what a load holds; "nothing" when it is empty. */
export function describeLoad(load: Load, { materials, scale }: LoadNames): string {
  const parts = load
    .map((quantity, material) => ({ quantity, material }))
    .filter(({ quantity }) => quantity > 0)
    .map(({ quantity, material }) => `${quantityText(quantity, scale)} 条 of ${materials[material]}`);
  return parts.length === 0 ? "nothing" : joinWords(parts);
}

/** "500 条 of 坯布 and 0 条 of 成品": room for just the materials that the load holds. */
export function describeRoomFor(load: Load, room: Load, { materials, scale }: LoadNames): string {
  const parts = load
    .map((quantity, material) => ({ quantity, material }))
    .filter(({ quantity }) => quantity > 0)
    .map(
      ({ material }) => `${quantityText(Math.max(0, room[material]!), scale)} 条 of ${materials[material]}`,
    );
  return joinWords(parts);
}

/** "坯布 and 成品": the materials that a load holds. */
export function describeMaterials(load: Load, { materials }: LoadNames): string {
  return joinWords(materials.filter((_, material) => load[material]! > 0));
}

/** "1.4": a fraction of a vehicle, to four places. */
export function describeFraction(fraction: number): string {
  return String(Number(fraction.toFixed(4)));
}

/** "a, b and c". */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
