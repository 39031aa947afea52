import { createHash } from "node:crypto";

/** Letters and digits that nobody takes for one another: no 0, o, 1, l or i. */
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

/** An identifier to read aloud, such as plan-20261122-7f3k: the day the vehicles leave and `length` letters. */
export function planIdFor({
  startAt,
  random,
  length,
}: {
  startAt: string;
  random: string;
  length: number;
}): string {
  const day = startAt.slice(0, 10).replaceAll("-", "");
  const letters = [...createHash("sha256").update(random).digest().subarray(0, length)].map(
    (byte) => alphabet[byte % alphabet.length],
  );
  return `plan-${day}-${letters.join("")}`;
}
