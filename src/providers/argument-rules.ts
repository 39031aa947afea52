import { isEmail } from "../domain/email.ts";
import type { VendorName } from "../domain/failure.ts";
import { invalidInput } from "./provider.ts";

/** A field in the tools' spelling, whether it is wrong, and what it takes. */
export type Rule = readonly [isWrong: boolean, field: string, takes: string];

/** As many problems as one message tells, and as many fields as are listed. */
const toldProblems = 5;
const listedFields = 50;

/** Refuses arguments that a vendor would refuse or misread, before anything is sent: `invalid_input` with its fields. */
export function refuseWrong(vendor: VendorName, ...rules: readonly Rule[]): void {
  const problems = rules.filter(([isWrong]) => isWrong);
  if (problems.length === 0) return;
  const told = problems.slice(0, toldProblems).map(([, field, takes]) => `${field} ${takes}`);
  const untold = problems.length > told.length ? ` (and ${problems.length - told.length} more)` : "";
  const fields = problems.slice(0, listedFields).map(([, field]) => field);
  throw invalidInput(`${told.join("; ")}${untold}.`, fields, vendor);
}

/** An identifier that is sent; undefined passes, as in every rule here: it is not sent. */
export function identifierRule(field: string, value: string | undefined): Rule {
  const isWrong = value !== undefined && !isPlainText(value, 200);
  return [isWrong, field, "must be an identifier of 1 to 200 characters"];
}

/** One line that says something, without characters that break a signature or a log. */
export function plainTextRule(field: string, value: string | undefined, longest: number): Rule {
  const isWrong = value !== undefined && !isPlainText(value, longest);
  return [isWrong, field, `must be text of 1 to ${longest} characters without control characters`];
}

/** One e-mail address, without a name beside it. */
export function emailRule(field: string, value: string): Rule {
  return [!isEmail(value), field, "must be an e-mail address"];
}

/** Yuan as decimal text, not negative. */
export function yuanRule(field: string, value: string | undefined): Rule {
  const isWrong = value !== undefined && !/^\d{1,12}(\.\d{1,2})?$/.test(value);
  return [isWrong, field, "must be yuan that are not negative, with at most 2 places, such as 38.00"];
}

/** A whole number, both ends included. */
export function wholeNumberRule(
  field: string,
  value: number | undefined,
  { from, to = 1_000_000_000 }: { from: number; to?: number },
): Rule {
  const isWrong = value !== undefined && !(Number.isInteger(value) && value >= from && value <= to);
  return [isWrong, field, `must be a whole number from ${from} to ${to}`];
}

/** One of a list of words. */
export function choiceRule(field: string, value: string, choices: readonly string[]): Rule {
  return [!choices.includes(value), field, `must be one of ${choices.join(", ")}`];
}

/** Latitude and longitude in degrees; `prefix` is such as `from_location.`. */
export function positionRules(prefix: string, { lat, lng }: { lat: number; lng: number }): Rule[] {
  return [
    [!(Math.abs(lat) <= 90), `${prefix}lat`, "must be -90 to 90 degrees"],
    [!(Math.abs(lng) <= 180), `${prefix}lng`, "must be -180 to 180 degrees"],
  ];
}

function isPlainText(value: string, longest: number): boolean {
  return value.trim() !== "" && value.length <= longest && value.isWellFormed() && !/\p{Cc}/u.test(value);
}
