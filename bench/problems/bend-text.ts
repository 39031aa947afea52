import type { Dice } from "./dice.ts";

/** A problem file that is damaged as text: cut off, mixed up, or with what JSON has no word for. */
export function bendText(text: string, dice: Dice): string {
  const at = dice.upTo(text.length);
  return dice.pick([
    () => text,
    () => text.slice(0, at),
    () => text.slice(at),
    () => text.slice(0, at) + dice.pick(["\u0000", ",", "}", "]", '"', "NaN", "\n"]) + text.slice(at),
    () => text.replace(/\d+/, dice.pick(["NaN", "Infinity", "-0", "1e999", "0x10", "00", "9".repeat(400)])),
    () => `\ufeff${text}`,
    () => `${text}${text}`,
    () => "[".repeat(100_000),
    () => "",
  ])();
}
