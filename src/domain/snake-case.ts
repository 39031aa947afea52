/** `deliveryCode` as `delivery_code`; a name that is no plain word of ours or of a vendor stays as it is. */
export function snakeCase(name: string): string {
  return /^[a-z][a-zA-Z0-9]*$/.test(name)
    ? name.replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`)
    : name;
}

/** The same members, however deep they are, with names as tools spell them. */
export function inSnakeCase(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [snakeCase(name), spell(value)]));
}

function spell(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? value.map(spell) : inSnakeCase({ ...value });
}
