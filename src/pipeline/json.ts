declare global {
  interface JSON {
    /** With the text of each number (ECMA-262, JSON.parse source text access). */
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
    ): unknown;
    /** A value that is written as this very text. */
    rawJSON(text: string): object;
  }
}

/**
 * Reads JSON without losing a digit: integers beyond 2^53 become strings, and so does every number under one of the
 * `exactKeys` (quantities, money). Members named `__proto__` are left out. Throws on what is no JSON in UTF-8.
 */
export function readJson(bytes: Uint8Array, exactKeys: ReadonlySet<string> = new Set()): unknown {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  return JSON.parse(text, (key, value, { source }) => {
    if (key === "__proto__") return undefined;
    if (typeof value !== "number" || source === undefined) return value;
    if (exactKeys.has(key)) return /[eE]/.test(source) ? String(value) : source;
    return Number.isSafeInteger(value) || !/^-?\d+$/.test(source) ? value : source;
  });
}

/** A number that is written with these very digits: money, quantities and identifiers that no float holds. */
export function exactNumber(text: string): object {
  return JSON.rawJSON(text);
}

/** Writes compact JSON in key order; bigints become numbers with all their digits. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "bigint" ? JSON.rawJSON(member.toString()) : member,
  );
}
