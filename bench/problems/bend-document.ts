import type { Dice } from "./dice.ts";

type Step = string | number;

/** What no field takes, and what only some take: kinds that are wrong, numbers at and beyond every edge, holes. */
const oddities: unknown[] = [
  undefined,
  null,
  true,
  "",
  "NaN",
  "12",
  "line\nbreak",
  [],
  {},
  [null],
  [[]],
  -1,
  0,
  1,
  1.5,
  -0.001,
  1e300,
  5e-324,
  100,
  101,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
];

/** Fields that most documents lack; a bent document may have them with anything inside. */
const extraFields = [
  "steps",
  "breaks",
  "shipments",
  "time_windows",
  "time_window",
  "service_per_type",
  "setup_per_type",
  "costs",
  "speed_factor",
  "max_distance",
  "max_tasks",
  "profile",
  "amount",
  "matrix",
  "matrices",
  "options",
  "__proto__",
  "constructor",
];

/** A copy of a document with one to three things bent; the copy may well be valid still. */
export function bendDocument(document: unknown, dice: Dice): unknown {
  let bent: unknown = structuredClone(document);
  for (let bends = dice.between(1, 3); bends > 0; bends--) bent = bendOnce(bent, dice);
  return bent;
}

function bendOnce(document: unknown, dice: Dice): unknown {
  const paths = pathsOf(document, []);
  const path = dice.pick(paths);
  const bend = dice.pick([
    () => dice.pick(oddities),
    () => dice.pick(oddities),
    // The value of another field: the right kind of thing in the wrong place.
    () => valueAt(document, dice.pick(paths)),
    () => rearranged(valueAt(document, path), dice),
    () => extended(valueAt(document, path), dice),
  ]);
  return replaced(document, path, bend());
}

/** Arrays lose, gain, double or swap an element; numbers move a little. */
function rearranged(value: unknown, dice: Dice): unknown {
  if (typeof value === "number") return value + dice.pick([-1, 1, 0.5, 1000, -1000]);
  if (!Array.isArray(value)) return value;
  const at = dice.upTo(value.length);
  return dice.pick([
    () => value.toSpliced(at, 1),
    () => value.toSpliced(at, 0, value[0]),
    () => value.toSpliced(at, 0, dice.pick(oddities)),
    () => value.toReversed(),
    () => [...value, ...value],
  ])();
}

function extended(value: unknown, dice: Dice): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return dice.pick(oddities);
  return Object.fromEntries([...Object.entries(value), [dice.pick(extraFields), dice.pick(oddities)]]);
}

/** The way to every value of a document, the whole document first. */
function pathsOf(value: unknown, path: Step[]): Step[][] {
  if (typeof value !== "object" || value === null) return [path];
  const entries: [Step, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([step, inner]) => pathsOf(inner, [...path, step]))];
}

function valueAt(value: unknown, [step, ...rest]: Step[]): unknown {
  if (step === undefined) return value;
  return typeof value === "object" && value !== null ? valueAt(Reflect.get(value, step), rest) : undefined;
}

function replaced(value: unknown, [step, ...rest]: Step[], replacement: unknown): unknown {
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((inner: unknown, index) =>
      index === step ? replaced(inner, rest, replacement) : inner,
    );
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name === step ? replaced(inner, rest, replacement) : inner,
  ]);
  // A value that is undefined is no field at all in a file.
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}
