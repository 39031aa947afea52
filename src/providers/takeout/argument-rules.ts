import { isDay } from "../../domain/instant.ts";
import { identifierRule, type Rule, refuseWrong as refuseWrongOf } from "../argument-rules.ts";

/** Refuses arguments that the document forbids, before anything is sent. */
export function refuseWrong(...rules: readonly Rule[]): void {
  refuseWrongOf("takeout", ...rules);
}

/** Text that says something. */
export function textRule(field: string, value: string | undefined): Rule {
  const isWrong = value !== undefined && (value.trim() === "" || !value.isWellFormed());
  return [isWrong, field, "must be text that is neither empty nor broken"];
}

/** Text that may be empty: a remark, the words of a review. */
export function looseTextRule(field: string, value: string | undefined): Rule {
  return [value !== undefined && !value.isWellFormed(), field, "must not have broken characters"];
}

/** What the document does not do without. */
export function presenceRule(field: string, value: unknown): Rule {
  return [value === undefined, field, "is missing"];
}

type Days = { startDate?: string | undefined; endDate?: string | undefined };

/** Two days, both included. */
export function dayRules({ startDate, endDate }: Days): Rule[] {
  const takes = "must be a day such as 2024-01-01";
  const isReversed = startDate !== undefined && endDate !== undefined && startDate > endDate;
  return [
    [startDate !== undefined && !isDay(startDate), "start_date", takes],
    [endDate !== undefined && !isDay(endDate), "end_date", takes],
    [isReversed && isDay(startDate) && isDay(endDate), "start_date", "must not be after end_date"],
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
