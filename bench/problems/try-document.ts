import { Failure } from "../../src/domain/failure.ts";
import { search } from "../../src/planning/search/search.ts";
import { checkPlan } from "../../src/planning/vroom/check/check-plan.ts";
import { initialRoutes } from "../../src/planning/vroom/given-routes.ts";
import { readVroom } from "../../src/planning/vroom/read-vroom.ts";
import { createReasons } from "../../src/planning/vroom/reason.ts";
import { refuseUnsearchable } from "../../src/planning/vroom/refuse-unsearchable.ts";
import { writeVroom } from "../../src/planning/vroom/write-vroom.ts";
import { checkDocument } from "../checker/check-document.ts";
import { checkPlanAnswer } from "../checker/check-plan-answer.ts";
import type { VroomAnswer, VroomDocument } from "../checker/vroom-document.ts";
import { anyDocument } from "./any-document.ts";
import { withAnySteps } from "./any-steps.ts";
import { bendDocument } from "./bend-document.ts";
import { createDice } from "./dice.ts";

/** What became of a document. */
export type Outcome = {
  kind: "solved" | "refused" | "fault";
  /** The field that a refusal names, or what is wrong. */
  detail: string;
};

/** A document and what is done with it: some are plans to check rather than problems to solve. */
export type Sample = { document: unknown; isBent: boolean; isPlan: boolean };

/** The document of a number: every second one is bent. The same seed and number give the same document. */
export function documentOf(seed: number, index: number): Sample {
  const dice = createDice(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const use = dice.pick(["solve", "solve", "solve", "start", "check"] as const);
  const plain = anyDocument(dice);
  const document = use === "solve" ? plain : withAnySteps(plain, dice, use);
  const isBent = index % 2 === 1;
  // Through JSON, as a file would bring it.
  const written = isBent ? bendDocument(document, dice) : document;
  return { document: JSON.parse(JSON.stringify(written) ?? "null"), isBent, isPlan: use === "check" };
}

const iterations = 200;
const timeLimitSeconds = 1;

/** Reads, solves, explains and writes a document as `waybill solve` does, or checks its plan, and has the answer checked. */
export function tryDocument({ document, isBent, isPlan }: Sample): Outcome {
  const written = document as VroomDocument;
  try {
    const faults = isPlan
      ? checkPlanAnswer(written, check(document))
      : checkDocument(written, solve(document));
    return faults.length === 0
      ? { kind: "solved", detail: "" }
      : { kind: "fault", detail: faults.join("; ") };
  } catch (error) {
    return judgeFailure(error, { isBent, isRouteRefused: !isPlan && breaksRule(written) });
  }
}

function check(document: unknown): VroomAnswer {
  const answer: unknown = checkPlan(readVroom(document), computingTimes);
  return JSON.parse(JSON.stringify(answer));
}

/** Whether the given routes break a rule; those of a vehicle with breaks are not told apart so. */
function breaksRule(document: VroomDocument): boolean {
  try {
    const { violations = [] } = check(document).summary;
    return violations.length > 0;
  } catch {
    return false;
  }
}

const computingTimes = { loading: 0, solving: 0, routing: 0 };

function solve(document: unknown): VroomAnswer {
  const { problem, context, given } = readVroom(document);
  const now = () => performance.now();
  refuseUnsearchable(problem, context);
  const initial = initialRoutes(problem, given);
  const start = initial.length > 0 ? { initial } : {};
  const solution = search(problem, { seed: 1, iterations, timeLimitSeconds, now, ...start });
  const reasonOf = createReasons({ problem, context }, solution);
  const answer: unknown = writeVroom({ problem, context, solution, computingTimes, reasonOf });
  return JSON.parse(JSON.stringify(answer));
}

/** Only a refusal that names a field is an answer, and only a bent document may be refused for what it says. */
function judgeFailure(
  error: unknown,
  { isBent, isRouteRefused }: { isBent: boolean; isRouteRefused: boolean },
): Outcome {
  if (!(error instanceof Failure) || error.code !== "invalid_input") {
    return { kind: "fault", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  const [field] = error.details.fields ?? [];
  if (field === undefined || !error.message.startsWith(field || "the problem")) {
    return { kind: "fault", detail: `the refusal names no field: ${error.message}` };
  }
  // The routes to begin with may break a rule, in the eyes of other code too.
  if (isRouteRefused && field.endsWith(".steps")) return { kind: "refused", detail: field };
  if (isBent) return { kind: "refused", detail: field };
  return { kind: "fault", detail: `a valid problem is refused: ${error.message}` };
}
