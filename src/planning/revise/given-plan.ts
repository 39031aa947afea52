import type { Identifier } from "../../domain/identifier.ts";
import type { Shipment } from "../../domain/shipment.ts";
import type { KnownTravel } from "../../domain/travel.ts";
import type { Stay, Tour } from "../complete/visits.ts";
import { toInitialRoutes } from "../prepare/earlier-routes.ts";
import { type EarlierRoute, type EarlierStop, keyOf, type PlanRequest } from "../prepare/request.ts";
import { type PreparedPlan, preparePlan } from "../prepare-plan.ts";
import { type Draft, type DraftPart, type DraftRoute, type DraftStop, routeOf } from "./draft.ts";
import { toSplitPart } from "./draft-splits.ts";
import { addItems } from "./items.ts";

/** Routes of a draft as the planner sees them. */
export type GivenPlan = {
  prepared: PreparedPlan;
  /** By license plate, idle vehicles too. */
  tours: Map<string, Tour>;
  /** What is to be put in: the stays of one stop. */
  extra: Stay[];
};

/** Which part of a draft is looked at: some vehicles, and what is to be put in. */
export type GivenAsk = {
  licensePlates: readonly string[];
  extra?: readonly DraftPart[];
  travel?: KnownTravel | undefined;
};

/** Prepares some routes of a draft as they are. */
export function prepareGiven(draft: Draft, { licensePlates, extra = [], travel }: GivenAsk): GivenPlan {
  const routes = licensePlates.flatMap((plate) => routeOf(draft, plate) ?? []);
  const request = { ...givenRequest(draft, { routes, extra }), ...(travel && { travel }) };
  const prepared = preparePlan(request);
  const plates = draft.vehicles.map((vehicle) => vehicle.licensePlate);
  const driven = toInitialRoutes(request.earlierRoutes ?? [], { ...prepared, licensePlates: plates });
  const toStay = (stop: number): Stay => ({ stop, parts: [...prepared.stops[stop]!.parts] });
  const tours = new Map<string, Tour>(
    licensePlates.map((plate) => [plate, { vehicle: plates.indexOf(plate), stays: [] }]),
  );
  for (const { vehicle, stops, reloads = [] } of driven) {
    const stays = stops.map((stop, place) => ({
      ...toStay(stop),
      ...(reloads.includes(place) && { startsTrip: true as const }),
    }));
    tours.set(plates[vehicle]!, { vehicle, stays });
  }
  const onRoutes = driven.reduce((sum, { stops }) => sum + stops.length, 0);
  const added = [...prepared.stops.keys()].slice(onRoutes).map(toStay);
  return { prepared, tours, extra: added };
}

type GivenStops = { routes: readonly DraftRoute[]; extra: readonly DraftPart[] };

/** Routes as a request that plans them as they are. */
export function givenRequest(draft: Draft, { routes, extra }: GivenStops): PlanRequest {
  const parts = [...routes.flatMap(({ stops }) => stops.flatMap((stop) => stop.parts)), ...extra];
  const { nameStop, ...request } = requestFor(draft, parts);
  const earlierRoutes = routes.map((route): EarlierRoute => {
    return { licensePlate: route.licensePlate, stops: route.stops.map(nameStop) };
  });
  const added = extra.length > 0 ? [nameStop({ parts: [...extra], trip: 1 })] : [];
  return { ...request, earlierRoutes, given: [...earlierRoutes.flatMap(({ stops }) => stops), ...added] };
}

/** A request that has just these parts of shipments, with the name of a stop in it. */
export type PartsRequest = PlanRequest & { nameStop: (stop: DraftStop) => EarlierStop };

/** A request of just these parts, with the materials that they were mapped to, and of shipments as they are beside. */
export function requestFor(
  draft: Draft,
  parts: readonly DraftPart[],
  whole: ReadonlySet<string> = new Set(),
): PartsRequest {
  const byShipment = Map.groupBy(parts, ({ shipmentId }) => keyOf(shipmentId));
  const isAsked = ({ id }: Shipment) => byShipment.has(keyOf(id)) || whole.has(keyOf(id));
  const split = [...byShipment.values()].filter(({ length }) => length > 1);
  const named = (draft.options.splits ?? []).filter(({ shipmentId }) => whole.has(keyOf(shipmentId)));
  return {
    shipments: draft.shipments.map((shipment) => carrying(shipment, byShipment.get(keyOf(shipment.id)))),
    vehicles: draft.vehicles,
    rules: draft.context.rules,
    materials: materialsOf(draft),
    options: {
      ...draft.options,
      splits: [
        ...named,
        ...split.map((own) => ({ shipmentId: own[0]!.shipmentId, parts: own.map(toSplitPart) })),
      ],
    },
    kept: [...byShipment.values()].flatMap(([part, other]) =>
      part?.lockedTo === undefined || other
        ? []
        : [{ shipmentId: part.shipmentId, licensePlate: part.lockedTo }],
    ),
    excludedShipmentIds: draft.shipments.filter((shipment) => !isAsked(shipment)).map(({ id }) => id),
    nameStop: (stop) => nameStop(stop, byShipment),
  };
}

/** The shipment with nothing but these parts of it, mapped as they were. */
function carrying(shipment: Shipment, parts: readonly DraftPart[] | undefined): Shipment {
  if (!parts) return shipment;
  const items = addItems(...parts.map((part) => part.items));
  return {
    ...shipment,
    salesItems: items.map(({ material, quantity }) => ({ name: material, material, quantity })),
  };
}

function nameStop({ parts, trip }: DraftStop, byShipment: ReadonlyMap<string, DraftPart[]>): EarlierStop {
  const ids = new Map<string, Identifier>(parts.map(({ shipmentId }) => [keyOf(shipmentId), shipmentId]));
  const named = parts.flatMap((part) => {
    const own = byShipment.get(keyOf(part.shipmentId))!;
    return own.length > 1 ? [{ shipmentId: part.shipmentId, part: own.indexOf(part) }] : [];
  });
  return { shipmentIds: [...ids.values()], trip, ...(named.length > 0 && { parts: named }) };
}

/** Every material that is spoken of: a rule may name one that no vehicle of a part of the plan takes. */
export function materialsOf({ plan, vehicles, context, routes }: Draft): string[] {
  const carried = routes.flatMap(({ stops }) =>
    stops.flatMap(({ parts }) => parts.flatMap(({ items }) => items.map(({ material }) => material))),
  );
  const taken = [...plan.vehicles, ...vehicles].flatMap(({ materialCapacities }) =>
    materialCapacities.map(({ materialName }) => materialName),
  );
  return [...new Set([...(plan.materials ?? []), ...(context.materials ?? []), ...taken, ...carried])];
}
