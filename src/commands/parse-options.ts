import { type ParseArgsConfig, parseArgs } from "node:util";
import { Failure } from "../domain/failure.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** The command line's options; an unknown one, or a stray word, is refused with one line. */
export function parseOptions<const Known extends Options>(args: string[], options: Known) {
  try {
    return parseArgs({ args, options, allowPositionals: false, strict: true }).values;
  } catch (error) {
    const reason =
      error instanceof Error ? (error.message.split("\n", 1)[0] ?? "").replace(/\.? To specify.*$/, "") : "";
    throw new Failure("invalid_input", `${reason.replace(/\.$/, "")}.`, {
      hint: "--help lists the options.",
    });
  }
}

/** A whole number within bounds, or a line that names the option. */
export function readWholeNumber(
  option: string,
  text: string,
  { minimum, maximum }: { minimum: number; maximum: number },
): number {
  const value = Number(text);
  if (/^\d{1,10}$/.test(text) && value >= minimum && value <= maximum) return value;
  throw new Failure("invalid_input", `${option} takes a whole number from ${minimum} to ${maximum}.`, {
    hint: "--help lists the options.",
  });
}
