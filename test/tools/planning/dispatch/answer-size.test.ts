import { expect, test } from "vitest";
import { toResult } from "../../../../src/answers.ts";
import { Failure } from "../../../../src/domain/failure.ts";
import { estimateTokens, maximumAnswerTokens } from "../../../../src/tools/answer-size.ts";
import { buildImport, externalJobIdOf } from "../../../../src/tools/planning/dispatch/build-import.ts";
import { answerOf } from "../../../../src/tools/planning/dispatch/dispatch-answer.ts";
import { previewOf } from "../../../../src/tools/planning/dispatch/dispatch-preview.ts";
import type { RouteOutcome } from "../../../../src/tools/planning/dispatch/dispatch-routes.ts";
import type { Dispatch } from "../../../../src/tools/planning/dispatch/prepare-dispatch.ts";
import { samplePlan } from "../../../support/sample-plan.ts";

/** A dispatch of many long routes of which everything that can be said is said. */
function hugeDispatch(vehicles: number): Dispatch {
  const plan = samplePlan({ vehicles, stopsPerVehicle: 40 });
  const intents = plan.routes.map((route, index) => ({
    licensePlate: route.licensePlate,
    route,
    externalJobId: externalJobIdOf(plan, route.licensePlate),
    driver: { email: `driver${index}@example.com`, standing: "new" as const },
    import: buildImport({ plan, route, driverEmail: `driver${index}@example.com` }),
    standing: null,
    obstacles:
      index % 5 === 0 ? Array.from({ length: 30 }, () => "运单已经不在未发货列表里了。".repeat(8)) : [],
    notes: Array.from({ length: 20 }, () => "地址改了一点点。".repeat(8)),
  }));
  return { plan, intents, warnings: Array.from({ length: 300 }, () => "同一个司机同时开两辆车。".repeat(4)) };
}

test.each([1, 20, 120])(
  "a preview of %i routes keeps to the size of an answer, its question to a few lines",
  (vehicles) => {
    const { data, text, question = "" } = previewOf(hugeDispatch(vehicles));
    const result = toResult({ data: { needs_confirmation: true, confirmation: "c", preview: data }, text });
    expect(estimateTokens(JSON.stringify(result))).toBeLessThanOrEqual(maximumAnswerTokens);
    expect(data["jobs_to_create"]).toBe(vehicles - Math.ceil(vehicles / 5));
    expect(question.split("\n").length).toBeLessThanOrEqual(9);
    expect(question.length).toBeLessThanOrEqual(1_600);
  },
);

test.each([1, 20, 120])("so does the answer to %i routes that moved or failed", (vehicles) => {
  const dispatch = hugeDispatch(vehicles);
  const outcomes = dispatch.intents.map((intent, index): RouteOutcome => {
    const stops = intent.route.stops.map((stop) => ({ ...stop, plannedSequence: 41 - stop.sequence }));
    const common = { intent, jobId: `job ${index}`, isRepeated: false };
    if (index % 3 === 1)
      return { ...common, state: "refused", error: new Failure("conflict", "拒绝。".repeat(400)) };
    const order = { driven: { ...intent.route, stops }, broken: [], remarks: ["起点变了。".repeat(20)] };
    return { ...common, state: "dispatched", order };
  });
  const answer = answerOf(dispatch, outcomes);
  const result = toResult(answer);
  expect(estimateTokens(JSON.stringify(result))).toBeLessThanOrEqual(maximumAnswerTokens);
  expect(answer.data.status).toBe(vehicles === 1 ? "dispatched" : "partial");
  expect(answer.isPartial).toBe(vehicles !== 1);
});
