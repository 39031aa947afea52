import { Failure } from "../../src/domain/failure.ts";
import { search } from "../../src/planning/search/search.ts";
import { readVroom } from "../../src/planning/vroom/read-vroom.ts";
import { createReasons } from "../../src/planning/vroom/reason.ts";
import { writeVroom } from "../../src/planning/vroom/write-vroom.ts";
import { checkDocument } from "../checker/check-document.ts";
import type { VroomAnswer, VroomDocument } from "../checker/vroom-document.ts";
import { anyDocument } from "./any-document.ts";
import { bendDocument } from "./bend-document.ts";
import { createDice } from "./dice.ts";

/** What became of a document. */
export type Outcome = {
  kind: "solved" | "refused" | "fault";
  /** The field that a refusal names, or what is wrong. */
  detail: string;
};

/** The document of a number: every second one is bent. The same seed and number give the same document. */
export function documentOf(seed: number, index: number): { document: unknown; isBent: boolean } {
  const dice = createDice(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const document = anyDocument(dice);
  const isBent = index % 2 === 1;
  // Through JSON, as a file would bring it.
  const written = isBent ? bendDocument(document, dice) : document;
  return { document: JSON.parse(JSON.stringify(written) ?? "null"), isBent };
}

const iterations = 200;
const timeLimitSeconds = 1;

/** Reads, solves, explains and writes a document as `waybill solve` does, and has the answer checked. */
export function tryDocument(document: unknown, isBent: boolean): Outcome {
  try {
    return judgeAnswer(document as VroomDocument, solve(document));
  } catch (error) {
    return judgeFailure(error, isBent);
  }
}

function solve(document: unknown): VroomAnswer {
  const { problem, context } = readVroom(document);
  const now = () => performance.now();
  const solution = search(problem, { seed: 1, iterations, timeLimitSeconds, now });
  const computingTimes = { loading: 0, solving: 0, routing: 0 };
  const reasonOf = createReasons({ problem, context }, solution);
  const answer: unknown = writeVroom({ problem, context, solution, computingTimes, reasonOf });
  return JSON.parse(JSON.stringify(answer));
}

function judgeAnswer(document: VroomDocument, answer: VroomAnswer): Outcome {
  const faults = checkDocument(document, answer);
  return faults.length === 0 ? { kind: "solved", detail: "" } : { kind: "fault", detail: faults.join("; ") };
}

/** Only a refusal that names a field is an answer, and only a bent document may be refused for what it says. */
function judgeFailure(error: unknown, isBent: boolean): Outcome {
  if (!(error instanceof Failure) || error.code !== "invalid_input") {
    return { kind: "fault", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  const [field] = error.details.fields ?? [];
  if (field === undefined || !error.message.startsWith(field || "the problem")) {
    return { kind: "fault", detail: `the refusal names no field: ${error.message}` };
  }
  if (isBent) return { kind: "refused", detail: field };
  return { kind: "fault", detail: `a valid problem is refused: ${error.message}` };
}
