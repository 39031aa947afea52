/** A day small enough to plan in a blink: two trucks, six shipments, no vendor needed. */
export const smallDay = {
  depot: { lat: 23.1, lng: 113.2, address: "仓库" },
  vehicles: [
    { license_plate: "粤A12345", material_capacities: [{ material_name: "坯布", capacity: 500 }] },
    { license_plate: "粤A67890", material_capacities: [{ material_name: "坯布", capacity: 300 }] },
  ],
  shipments: [1, 2, 3, 4, 5, 6].map((id) => ({
    id,
    customer_name: `客户${id}`,
    address: `广州市天河区 ${id} 号`,
    geo_coordinates: { lat: 23.1 + id / 100, lng: 113.2 + ((id * 7) % 5) / 100 },
    sales_items: [{ name: "坯布", quantity: "100.00" }],
  })),
  start_at: "2026-11-23T08:00:00+08:00",
  // The search has nothing left to try long before: so no slow machine cuts it short.
  time_limit_seconds: 20,
};

/** A day large enough that planning takes seconds. */
export function largeDay(shipments: number) {
  return {
    ...smallDay,
    time_limit_seconds: 1,
    vehicles: Array.from({ length: 20 }, (_, index) => ({
      license_plate: `粤B${10000 + index}`,
      material_capacities: [{ material_name: "坯布", capacity: 3000 }],
    })),
    shipments: Array.from({ length: shipments }, (_, index) => ({
      id: index + 1,
      customer_name: `客户${index}`,
      address: `地址${index}`,
      geo_coordinates: { lat: 23 + ((index * 37) % 100) / 250, lng: 113 + ((index * 53) % 100) / 250 },
      sales_items: [{ name: "坯布", quantity: String(20 + (index % 40)) }],
    })),
  };
}
