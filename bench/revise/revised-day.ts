/** A day of so many stops on so many vehicles, each with room for half as much again as it has to take. */
export function dayOf({ stops, vehicles }: { stops: number; vehicles: number }) {
  const rollsEach = 10;
  const capacity = Math.ceil((stops / vehicles) * rollsEach * 1.5);
  return {
    depot: { lat: 23.1, lng: 113.2, address: "仓库" },
    start_at: "2026-11-23T07:00:00+08:00",
    // Even routes, so that every vehicle is out and no change is the same as another.
    objective: "balanced",
    time_limit_seconds: 1,
    vehicles: Array.from({ length: vehicles }, (_, index) => ({
      license_plate: `粤A${10_000 + index}`,
      material_capacities: [
        { material_name: "坯布", capacity },
        { material_name: "成品", capacity },
      ],
    })),
    shipments: Array.from({ length: stops }, (_, index) => ({
      id: 10_000 + index,
      customer_name: `客户${index}`,
      address: `广州市番禺区大石街道 ${index} 号`,
      geo_coordinates: { lat: 23 + ((index * 37) % 101) / 250, lng: 113 + ((index * 53) % 97) / 250 },
      sales_items: [{ name: index % 3 === 0 ? "成品" : "坯布", quantity: String(rollsEach) }],
    })),
  };
}

type Stop = { sequence: number; shipment_ids: number[]; arrive_at: string };

/** A route as get_plan gives it, with all of its stops. */
export type BenchedRoute = { license_plate: string; stops: Stop[] };

/** One kind of revision: makes the changes of run number `run` from the plan's routes as they stand. */
export type RevisionKind = {
  name: string;
  reoptimize: "none" | "routes";
  changesOf: (routes: readonly BenchedRoute[], run: number) => Record<string, unknown>[];
};

/** What is measured: each hand's work of a dispatcher, and the best order after one. */
export const revisionKinds: readonly RevisionKind[] = [
  { name: "move", reoptimize: "none", changesOf: (routes, run) => [moveOf(routes, run)] },
  {
    name: "move, cheapest place",
    reoptimize: "none",
    changesOf: (routes, run) => {
      const { position: _, ...move } = moveOf(routes, run);
      return [move];
    },
  },
  {
    name: "swap",
    reoptimize: "none",
    changesOf: (routes, run) => {
      const [from, to] = twoRoutes(routes, run);
      return [{ op: "swap", shipment_id: firstOf(from), with_shipment_id: firstOf(to) }];
    },
  },
  {
    name: "reorder",
    reoptimize: "none",
    changesOf: (routes, run) => {
      const [{ license_plate, stops }] = twoRoutes(routes, run);
      const ids = stops.flatMap(({ shipment_ids }) => shipment_ids);
      return [{ op: "reorder", license_plate, shipment_ids: ids.toReversed() }];
    },
  },
  {
    name: "lock",
    reoptimize: "none",
    changesOf: (routes, run) => [{ op: "lock", shipment_id: firstOf(twoRoutes(routes, run)[1]) }],
  },
  {
    name: "set_window",
    reoptimize: "none",
    changesOf: (routes, run) => {
      const [{ stops }] = twoRoutes(routes, run);
      const { shipment_ids, arrive_at } = stops.at(-1)!;
      // Two hours around the time at which it is reached anyway.
      const hour = 3_600_000;
      const at = (shift: number) => new Date(Date.parse(arrive_at) + shift * hour).toISOString();
      return [{ op: "set_window", shipment_id: shipment_ids[0], start_at: at(-1), end_at: at(1) }];
    },
  },
  { name: "move, routes", reoptimize: "routes", changesOf: (routes, run) => [moveOf(routes, run)] },
  { name: "all routes", reoptimize: "routes", changesOf: () => [] },
];

/** Two routes, other ones each run. */
function twoRoutes(routes: readonly BenchedRoute[], run: number): [BenchedRoute, BenchedRoute] {
  const from = routes[run % routes.length]!;
  const to = routes[(run + 1 + (run % (routes.length - 1))) % routes.length]!;
  return [from, to === from ? routes[(run + 1) % routes.length]! : to];
}

/** From the fuller of the two, so that no vehicle runs out of stops or of room however many runs there are. */
function moveOf(routes: readonly BenchedRoute[], run: number): Record<string, unknown> {
  const [a, b] = twoRoutes(routes, run);
  const [from, to] = a.stops.length >= b.stops.length ? [a, b] : [b, a];
  return { op: "move", shipment_id: firstOf(from), license_plate: to.license_plate, position: 2 };
}

function firstOf({ stops }: BenchedRoute): number {
  return stops[0]!.shipment_ids[0]!;
}
