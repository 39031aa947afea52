/** Whole numbers that look like chance but are the same in every run. */
function scatter(index: number, spread: number): number {
  return (Math.imul(index + 1, 2_654_435_761) >>> 8) % spread;
}

export const workingMaterials = ["坯布", "成品", "印花布", "染色布", "辅料"];

/**
 * A day of a textile factory: 300 shipments of up to three of five materials, 20 vehicles of three kinds, every
 * third customer with a time window. All of it fits with room to spare.
 */
export const workingDay = {
  depot: { lat: 23.1291, lng: 113.2644, address: "工厂" },
  start_at: "2026-11-23T07:30:00+08:00",
  vehicles: Array.from({ length: 20 }, (_, index) => ({
    license_plate: `粤W${10000 + index}`,
    material_capacities: workingMaterials.map((material_name, material) => ({
      material_name,
      capacity: 260 + 60 * (index % 3) + 20 * material,
    })),
  })),
  shipments: Array.from({ length: 300 }, (_, index) => ({
    id: index + 1,
    customer_name: `客户${index + 1}`,
    address: `广州市番禺区 ${index + 1} 号`,
    geo_coordinates: {
      lat: 22.95 + scatter(index, 3_600) / 10_000,
      lng: 113.1 + scatter(index + 1_000, 3_200) / 10_000,
    },
    sales_items: Array.from({ length: 1 + (index % 3) }, (_, line) => ({
      name: workingMaterials[(index + 2 * line) % workingMaterials.length],
      quantity: `${5 + scatter(index + 2_000 * (line + 1), 26)}.50`,
    })),
  })),
  time_windows: Array.from({ length: 100 }, (_, index) => ({
    shipment_id: 3 * index + 1,
    start_at: `2026-11-23T${index % 2 === 0 ? "08" : "12"}:00:00+08:00`,
    end_at: `2026-11-23T${index % 2 === 0 ? "14" : "18"}:00:00+08:00`,
  })),
};
