import * as z from "zod";
import type { App } from "../../app.ts";
import type { Identifier } from "../../domain/identifier.ts";
import { countThatFits } from "../answer-size.ts";
import { identifier } from "../fields.ts";
import { type Answer, defineTool, type Intent } from "../tool.ts";
import {
  describeOutRoute,
  fromOutRoute,
  type OutRoute,
  routesOutWith,
  someIds,
} from "./release/release-fields.ts";

/** As many as an answer holds, with their routes. */
const mostShipments = 500;
const mostRouteTokens = 5_500;
const mostListTokens = 1_200;

const releaseAnswer = z.object({
  released_shipment_ids: z.array(z.string()).describe("May be planned and dispatched again"),
  released_before: z.array(z.string()).describe("Were released before: nothing changed"),
  not_out: z.array(z.string()).describe("Are out with no plan: nothing to release"),
  shipments_omitted: z.number().int().optional().describe("Cut for length"),
});

export const releaseShipments = defineTool({
  name: "release_shipments",
  title: "Release dispatched shipments",
  description:
    "Lets dispatched shipments be planned and dispatched again, as after a failed stop. It takes nothing back: " +
    "the job stays at RouteMate and its driver keeps it, so tell the driver. The first call shows which plan, route and driver " +
    "each is out with and which are delivered already. 释放运单、重新配送 deliver again",
  access: "destroy",
  input: z.strictObject({
    shipment_ids: z.array(identifier).min(1).max(mostShipments),
  }),
  output: releaseAnswer,
  intend: async ({ shipment_ids }, app) => intendRelease(shipment_ids, app),
});

/** Nobody is asked to agree to nothing. */
function nothingOut(ids: readonly string[]): Answer<z.input<typeof releaseAnswer>> {
  const shown = ids.slice(0, countThatFits(ids, mostRouteTokens));
  return {
    data: {
      released_shipment_ids: [],
      released_before: [],
      not_out: shown,
      ...(shown.length < ids.length && { shipments_omitted: ids.length - shown.length }),
    },
    text:
      `Nothing to release: ${someIds(ids)} ${ids.length === 1 ? "is" : "are"} out with no plan (never sent, or released before). ` +
      "What is not out may be planned as it is; track_shipment tells where a shipment stands.",
  };
}

type Standing = { routes: OutRoute[]; notOut: string[] };

async function intendRelease(
  shipmentIds: readonly Identifier[],
  app: App,
): Promise<Intent<z.input<typeof releaseAnswer>>> {
  const standing = await standingOf(shipmentIds, app);
  return {
    ...preview(standing),
    ...(standing.routes.length === 0 && { nothingToAsk: nothingOut(standing.notOut) }),
    content: contentOf(standing),
    findChanges: (shown) => changesSince(shown, contentOf(standing)),
    carryOut: () => carryOut(shipmentIds, app),
  };
}

async function standingOf(shipmentIds: readonly Identifier[], app: App): Promise<Standing> {
  const { dispatches } = await app.store();
  const out = await dispatches.withShipments(shipmentIds);
  const ids = new Set(out.map(({ shipmentId }) => shipmentId));
  const asked = [...new Set(shipmentIds.map(String))];
  return { routes: await routesOutWith(app, out), notOut: asked.filter((id) => !ids.has(id)) };
}

function preview({ routes, notOut }: Standing) {
  const told = routes.map(fromOutRoute);
  const shown = told.slice(0, countThatFits(told, mostRouteTokens));
  const shownNotOut = notOut.slice(0, countThatFits(notOut, mostListTokens));
  const lines = [
    ...routes.slice(0, shown.length).flatMap(describeOutRoute),
    "Released, they may be planned and dispatched again. Nothing is taken back: each job stays at RouteMate and its driver keeps it.",
    ...(notOut.length > 0 ? [`Not out, or released before: ${someIds(notOut)}.`] : []),
  ];
  return {
    data: {
      routes: shown,
      ...(shown.length < told.length && { routes_omitted: told.length - shown.length }),
      not_out: shownNotOut,
      ...(shownNotOut.length < notOut.length && { not_out_omitted: notOut.length - shownNotOut.length }),
    },
    text: lines.join("\n"),
    question: lines.slice(0, 8).join("\n"),
  };
}

/** What the person agrees to: for each shipment and job, how it stands. */
const shownContent = z.record(z.string(), z.string());

function contentOf({ routes }: Standing): z.output<typeof shownContent> {
  return Object.fromEntries(
    routes.flatMap(({ shipmentIds, licensePlate, planId, state, news }) =>
      shipmentIds.map((id) => [
        `${JSON.stringify(id)} with ${licensePlate} of plan ${planId}`,
        news.get(id) ?? (state === "unknown" ? "perhaps out" : "out"),
      ]),
    ),
  );
}

/** A shipment that was released meanwhile is no reason to ask again; one that is out elsewhere, or delivered, is. */
function changesSince(shown: unknown, now: z.output<typeof shownContent>): string[] {
  const then = shownContent.parse(shown);
  return Object.entries(now)
    .filter(([where, how]) => then[where] !== how)
    .map(([where, how]) => `Shipment ${where} is ${how}${then[where] ? `, was ${then[where]}` : ""}.`);
}

async function carryOut(shipmentIds: readonly Identifier[], app: App) {
  const { dispatches } = await app.store();
  const { released, releasedBefore, notOut } = await dispatches.release(shipmentIds);
  const ids = [...new Set(released.map(({ shipmentId }) => shipmentId))];
  const lists = [ids, releasedBefore, notOut].map((list) => list.slice(0, countThatFits(list, 2_400)));
  const [shownIds = [], shownBefore = [], shownNotOut = []] = lists;
  const omitted = shipmentCount(ids, releasedBefore, notOut) - shipmentCount(...lists);
  const lines = [
    ids.length > 0
      ? `Released: ${someIds(ids)}. Their drivers still have them: tell them.`
      : "Nothing was released.",
    ...(releasedBefore.length > 0 ? [`Released before: ${someIds(releasedBefore)}.`] : []),
    ...(notOut.length > 0 ? [`Not out: ${someIds(notOut)}.`] : []),
  ];
  return {
    data: {
      released_shipment_ids: shownIds,
      released_before: shownBefore,
      not_out: shownNotOut,
      ...(omitted > 0 && { shipments_omitted: omitted }),
    },
    text: lines.join("\n"),
  };
}

function shipmentCount(...lists: readonly (readonly string[])[]): number {
  return lists.reduce((sum, { length }) => sum + length, 0);
}
