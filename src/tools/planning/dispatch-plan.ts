import * as z from "zod";
import type { App } from "../../app.ts";
import { Failure } from "../../domain/failure.ts";
import { licensePlate, planId, revision } from "../fields.ts";
import { type Call, defineTool, type Intent } from "../tool.ts";
import { named, type WantedRoutes } from "./dispatch/choose-routes.ts";
import { answerOf, dispatchAnswer } from "./dispatch/dispatch-answer.ts";
import { contentChanges, contentOf, readContent } from "./dispatch/dispatch-content.ts";
import { previewOf } from "./dispatch/dispatch-preview.ts";
import { dispatchRoutes } from "./dispatch/dispatch-routes.ts";
import { type Dispatch, isToSend, prepareDispatch } from "./dispatch/prepare-dispatch.ts";
import { driverEmail } from "./set-driver.ts";

type Answered = Intent<z.input<typeof dispatchAnswer>>;

export const dispatchPlan = defineTool({
  name: "dispatch_plan",
  title: "Send a plan to its drivers",
  description:
    "Sends a plan's routes to their drivers through RouteMate, each once: nothing can be changed or taken back, so the first call " +
    "shows every job, driver, stop and invitation, and what no longer fits the ERP; the same call with its confirmation sends. " +
    "partial: the same call goes on with the rest. RouteMate may re-order stops: drift tells, load by load_position. 派车、下发路线给司机、发车 dispatch",
  access: "destroy",
  vendor: "routemate",
  input: z.strictObject({
    plan_id: planId,
    revision: revision.optional(),
    license_plates: z
      .array(licensePlate)
      .min(1)
      .max(500)
      .optional()
      .describe("Only these; all when left out"),
    drivers: z
      .record(z.string().min(1).max(32), driverEmail)
      .optional()
      .describe("License plate to the driver's e-mail, for this call; else what set_driver says"),
  }),
  output: dispatchAnswer,
  intend: async (input, app, call) => intendDispatch(input, app, call),
});

async function intendDispatch(input: WantedRoutes, app: App, call: Call): Promise<Answered> {
  // Without it there is nothing to prepare, whatever stands in the plan.
  await app.routemate();
  const dispatch = await prepareDispatch(input, app, call);
  const content = contentOf(dispatch);
  const nothingToAsk = await findNothingToAsk(dispatch, app, call);
  return {
    ...previewOf(dispatch),
    content,
    ...(nothingToAsk && { nothingToAsk }),
    findChanges: (shown) => {
      const agreed = readContent(shown);
      return agreed ? contentChanges(agreed, content) : [];
    },
    carryOut: async (shown) => {
      const heldBack = readContent(shown)?.heldBack ?? [];
      const outcomes = await dispatchRoutes({ dispatch, heldBack }, app, call);
      return answerOf(dispatch, outcomes);
    },
  };
}

/** What is out needs nobody's word, and what can't go is told at once. */
async function findNothingToAsk(
  dispatch: Dispatch,
  app: App,
  call: Call,
): Promise<Answered["nothingToAsk"] | undefined> {
  const { intents, plan } = dispatch;
  if (intents.some(isToSend)) return undefined;
  if (intents.every(({ standing }) => standing !== null)) {
    const { isPartial: _, ...answer } = answerOf(
      dispatch,
      await dispatchRoutes({ dispatch, heldBack: [] }, app, call),
    );
    return answer;
  }
  const held = intents.filter(({ standing }) => standing === null);
  const driverless = held.filter(({ driver }) => driver === null).map(({ licensePlate: plate }) => plate);
  if (driverless.length === held.length) {
    return new Failure(
      "invalid_input",
      `Nobody is known to drive ${named(driverless)}, so nothing can be sent.`,
      {
        hint: `Give drivers {"${driverless[0]}": "e-mail", …}, or set them for good with set_driver.`,
        fields: ["drivers"],
      },
    );
  }
  const reasons = held.flatMap(({ licensePlate: plate, obstacles }) =>
    obstacles.map((why) => `${plate}: ${why}`),
  );
  return new Failure(
    "conflict",
    `No route of plan ${plan.planId} can be sent. ${reasons.slice(0, 12).join(" ")}`,
    {
      hint: "Mend it with revise_plan, or plan anew with plan_load.",
      fields: ["plan_id"],
    },
  );
}
