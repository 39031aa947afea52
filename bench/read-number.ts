/** The number above 0 that an option of a benchmark takes; throws with the option's name. */
export function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} takes a number above 0, not "${text}"`);
}
