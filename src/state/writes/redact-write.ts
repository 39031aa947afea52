import { Failure, type FailureDetails } from "../../domain/failure.ts";
import { type FieldKind, fieldKindOf } from "./record-fields.ts";

/** Stands where something was left out of the record. */
export const leftOut = { personal: "[personal]", secret: "[secret]" } as const;

/** How much of a write the record keeps. */
export type RecordOptions = { recordsPersonal: boolean };

/** Arguments or an outcome (JSON) as the record may have them. A member that nobody has decided about counts as personal. */
export function redactValue(value: unknown, options: RecordOptions): unknown {
  if (Array.isArray(value)) return value.map((member) => redactValue(member, options));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, redactMember(name, member, options)]),
  );
}

function redactMember(name: string, member: unknown, options: RecordOptions): unknown {
  const kind = kindOf(name);
  // That something is missing tells nobody anything.
  if (member === null || member === undefined) return member;
  if (kind === "secret") return leftOut.secret;
  if (kind === "personal" && !options.recordsPersonal) return leftOut.personal;
  return redactValue(member, options);
}

function kindOf(name: string): FieldKind {
  return fieldKindOf(name) ?? "personal";
}

/**
 * A failure as the record may have it: what its call held back is hidden in our own words as well, and the vendor's
 * words, which may tell more than the call did, are left out.
 */
export function redactFailure(failure: Failure, given: unknown, options: RecordOptions): Failure {
  const hidden = hiddenTexts(given, options);
  const hide = (text: string) => hidden.reduce((rest, [value, mark]) => rest.replaceAll(value, mark), text);
  const { vendorMessage, hint, ...rest } = failure.details;
  const details: FailureDetails = {
    ...rest,
    ...(hint !== undefined && { hint: hide(hint) }),
    ...(vendorMessage !== undefined && options.recordsPersonal && { vendorMessage: hide(vendorMessage) }),
  };
  return new Failure(failure.code, hide(failure.message), details);
}

/** A text that is shorter stands in too many words to be hidden in them. */
const shortestHidden = 2;

type Hidden = [value: string, mark: string];

/** The texts that the record leaves out of these arguments, longest first: none hides a part of another. */
function hiddenTexts(given: unknown, options: RecordOptions): Hidden[] {
  const found: Hidden[] = [];
  const collect = (value: unknown, mark: string | undefined): void => {
    if (typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        collect(member, Array.isArray(value) ? mark : (mark ?? markOf(name, options)));
      }
      return;
    }
    const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
    if (mark !== undefined && text.length >= shortestHidden) found.push([text, mark]);
  };
  collect(given, undefined);
  return found.toSorted(([a], [b]) => b.length - a.length);
}

function markOf(name: string, { recordsPersonal }: RecordOptions): string | undefined {
  const kind = kindOf(name);
  if (kind === "secret") return leftOut.secret;
  return kind === "personal" && !recordsPersonal ? leftOut.personal : undefined;
}
