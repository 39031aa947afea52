import type { Identifier } from "../../domain/identifier.ts";
import { readGroups } from "../prepare/groups.ts";
import { keyOf } from "../prepare/request.ts";
import type { BrokenLimit } from "./broken-limit.ts";
import type { Draft } from "./draft.ts";
import { partsByShipment } from "./draft-splits.ts";

/** The part of a draft that groups are held against. */
export type Company = Pick<Draft, "routes" | "loose" | "options" | "shipments" | "unassigned">;

/** Every group of shipments that does not ride as it should, over all routes. */
export function findBrokenGroups(company: Company): BrokenLimit[] {
  return [...findScattered(company), ...findCrowded(company)];
}

/** What takes part in no group: what was taken out by hand, or carries nothing. */
const absent = new Set(["removed", "no_quantity"]);

function findScattered(company: Company): BrokenLimit[] {
  const { options, unassigned } = company;
  const left = new Set(
    unassigned.filter(({ reason }) => absent.has(reason)).map(({ shipmentId }) => keyOf(shipmentId)),
  );
  return groupsOf(company, { list: "same_vehicle", groups: options.sameVehicle, mayOverlap: true }).flatMap(
    (group) => {
      const members = group.filter((id) => !left.has(keyOf(id)));
      const plates = members.map((id) => [id, [...new Set(platesOf(company, id))]] as const);
      const [first] = plates.flatMap(([, own]) => own);
      if (first === undefined) return [];
      const stray = plates.filter(([, own]) => own.length !== 1 || own[0] !== first);
      if (stray.length === 0) return [];
      const [shipmentId, own] = stray[0]!;
      const where = own.length === 0 ? "on no route" : `on ${own.join(" and ")}`;
      const message = `Shipments ${members.join(", ")} ride on one vehicle (same_vehicle), but ${shipmentId} would be ${where} and others on ${first}`;
      return [
        {
          limit: "same_vehicle" as const,
          licensePlate: own[0] ?? first,
          shipmentId,
          over: stray.length,
          message,
        },
      ];
    },
  );
}

function findCrowded(company: Company): BrokenLimit[] {
  const { options } = company;
  const asked = { list: "different_vehicles", groups: options.differentVehicles, mayOverlap: false };
  return groupsOf(company, asked).flatMap((group) => {
    const riding = group.flatMap((id) => platesOf(company, id).map((licensePlate) => ({ id, licensePlate })));
    const vehicles = [...Map.groupBy(riding, ({ licensePlate }) => licensePlate)];
    return vehicles.flatMap(([licensePlate, together]): BrokenLimit[] => {
      if (together.length < 2) return [];
      const ids = together.map(({ id }) => id);
      const message = `Shipments ${[...new Set(ids)].join(" and ")} would ride together on ${licensePlate}, which different_vehicles keeps apart`;
      return [
        { limit: "different_vehicles", licensePlate, shipmentId: ids.at(-1)!, over: ids.length - 1, message },
      ];
    });
  });
}

/** The plate under each part of a shipment: parts at one stop are one. */
function platesOf({ routes }: Company, id: Identifier): string[] {
  const key = keyOf(id);
  return routes.flatMap(({ licensePlate, stops }) =>
    stops
      .filter(({ parts }) => parts.some(({ shipmentId }) => keyOf(shipmentId) === key))
      .map(() => licensePlate),
  );
}

type Asked = { list: string; groups: Identifier[][] | undefined; mayOverlap: boolean };

/** The groups, those that share a shipment as one; without shipments that are no part of the plan any more. */
function groupsOf({ shipments }: Company, { list, groups, mayOverlap }: Asked): Identifier[][] {
  if (!groups || groups.length === 0) return [];
  const known = new Set(shipments.map(({ id }) => keyOf(id)));
  const numberOf = readGroups(groups, { list, known, mayOverlap });
  const members = [...new Map(groups.flat().map((id) => [keyOf(id), id])).values()];
  return [...Map.groupBy(members, (id) => numberOf.get(keyOf(id))!).values()];
}

/** Shipments that are on routes in part alone, though nothing of them is out. */
export function findIncomplete(draft: Draft): { shipmentId: Identifier; items: Draft["loose"] }[] {
  const riding = partsByShipment({ routes: draft.routes, loose: [] });
  const out = new Set(
    draft.routes
      .filter(({ licensePlate }) => draft.context.frozen.includes(licensePlate))
      .flatMap(({ stops }) => stops.flatMap(({ parts }) => parts.map(({ shipmentId }) => keyOf(shipmentId)))),
  );
  const loose = Map.groupBy(draft.loose, ({ shipmentId }) => keyOf(shipmentId));
  return [...loose]
    .filter(([key]) => !out.has(key) && riding.has(key))
    .map(([, items]) => ({ shipmentId: items[0]!.shipmentId, items }));
}
