import type { Day } from "./steps.ts";

/** The shipments and vehicles of one life, under names that no other life of the same state has. */
export type Town = {
  shipments: TownShipment[];
  vehicles: TownVehicle[];
  /** The town's shipments that a stop of the vendor's names. */
  shipmentsIn: (externalStopId: string) => string[];
};

export type TownShipment = {
  id: string;
  material: string;
  quantity: number;
  arguments: Record<string, unknown>;
};

export type TownVehicle = { plate: string; capacities: Map<string, number> };

export const materials = ["坯布", "成品"] as const;

export const depot = { lat: 23.1, lng: 113.2, address: "仓库" };
export const startAt = "2026-11-23T08:00:00+08:00";

/** Everything that plans of this life are made of. */
export function buildTown(life: number, { quantities, capacities }: Day): Town {
  const shipments = quantities.map((quantity, index): TownShipment => {
    const id = `L${life}S${index}`;
    const material = materials[index % 4 === 3 ? 1 : 0];
    return {
      id,
      material,
      quantity,
      arguments: {
        id,
        customer_name: `客户${index}`,
        address: `广州市天河区天河路 ${index + 1} 号`,
        geo_coordinates: { lat: 23.1 + index / 100, lng: 113.2 + ((index * 7) % 5) / 100 },
        sales_items: [{ name: material, quantity: `${quantity}.00` }],
      },
    };
  });
  const vehicles = capacities.map(
    (capacity, index): TownVehicle => ({
      plate: `粤L${life * 10 + index + 10_000}`,
      capacities: new Map([
        [materials[0], capacity],
        [materials[1], index % 2 === 0 ? capacity : 60],
      ]),
    }),
  );
  const pattern = new RegExp(`L${life}S\\d+`, "g");
  return { shipments, vehicles, shipmentsIn: (externalStopId) => externalStopId.match(pattern) ?? [] };
}
