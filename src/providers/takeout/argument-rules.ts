import { invalidInput } from "../provider.ts";

/** A field in the tools' spelling, whether it is wrong, and what it takes. */
export type Rule = readonly [isWrong: boolean, field: string, takes: string];

/** As many problems as one message tells. */
const toldProblems = 5;
const listedFields = 50;

/** Refuses arguments that the document forbids, before anything is sent: `invalid_input` with its fields. */
export function refuseWrong(...rules: readonly Rule[]): void {
  const problems = rules.filter(([isWrong]) => isWrong);
  if (problems.length === 0) return;
  const told = problems.slice(0, toldProblems).map(([, field, takes]) => `${field} ${takes}`);
  const untold = problems.length > told.length ? ` (and ${problems.length - told.length} more)` : "";
  const fields = problems.slice(0, listedFields).map(([, field]) => field);
  throw invalidInput(`${told.join("; ")}${untold}.`, fields, "takeout");
}

/** An identifier that is sent; undefined passes, as in every rule here: it is not sent. */
export function identifierRule(field: string, value: string | undefined): Rule {
  return [value !== undefined && !isIdentifier(value), field, "must be an identifier of 1 to 200 characters"];
}

export function textRule(field: string, value: string | undefined): Rule {
  const isWrong = value !== undefined && (value.trim() === "" || !value.isWellFormed());
  return [isWrong, field, "must be text that is neither empty nor broken"];
}

/** Text that may be empty: a remark, the words of a review. */
export function looseTextRule(field: string, value: string | undefined): Rule {
  return [value !== undefined && !value.isWellFormed(), field, "must not have broken characters"];
}

export function presenceRule(field: string, value: unknown): Rule {
  return [value === undefined, field, "is missing"];
}

/** Yuan as decimal text, not negative. */
export function yuanRule(field: string, value: string | undefined): Rule {
  const isWrong = value !== undefined && !/^\d{1,12}(\.\d{1,2})?$/.test(value);
  return [isWrong, field, "must be yuan that are not negative, with at most 2 places, such as 38.00"];
}

export function wholeNumberRule(
  field: string,
  value: number | undefined,
  { from, to = 1_000_000_000 }: { from: number; to?: number },
): Rule {
  const isWrong = value !== undefined && !(Number.isInteger(value) && value >= from && value <= to);
  return [isWrong, field, `must be a whole number from ${from} to ${to}`];
}

export function choiceRule(field: string, value: string, choices: readonly string[]): Rule {
  return [!choices.includes(value), field, `must be one of ${choices.join(", ")}`];
}

/** Latitude and longitude in degrees. */
export function positionRules(prefix: string, { lat, lng }: { lat: number; lng: number }): Rule[] {
  return [
    [!(lat >= -90 && lat <= 90), `${prefix}lat`, "must be -90 to 90 degrees"],
    [!(lng >= -180 && lng <= 180), `${prefix}lng`, "must be -180 to 180 degrees"],
  ];
}

/** Two days, both included. */
export function dayRules({ startDate, endDate }: { startDate?: string; endDate?: string }): Rule[] {
  const takes = "must be a day such as 2024-01-01";
  const isReversed = isDay(startDate) && isDay(endDate) && startDate > endDate;
  return [
    [startDate !== undefined && !isDay(startDate), "start_date", takes],
    [endDate !== undefined && !isDay(endDate), "end_date", takes],
    [isReversed, "start_date", "must not be after end_date"],
  ];
}

/** Part of a path: encoded, and refused where it could lead to another endpoint. */
export function pathSegment(field: string, identifier: string): string {
  refuseWrong(identifierRule(field, identifier), [
    /^\.{1,2}$|[/\\]/.test(identifier),
    field,
    "has characters that no identifier has",
  ]);
  return encodeURIComponent(identifier);
}

function isIdentifier(value: string): boolean {
  return value.trim() !== "" && value.length <= 200 && value.isWellFormed() && !/\p{Cc}/u.test(value);
}

/** A day that its month has. */
function isDay(value: string | undefined): value is string {
  if (value === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
