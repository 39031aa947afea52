import type { Plan, PlanLoad, PlanRoute, PlanStop } from "../../src/domain/plan.ts";

/** How large an invented plan is. */
export type SampleSize = { vehicles: number; stopsPerVehicle: number };

const depot = { lat: 23.1747, lng: 113.2644, address: "广州市白云区石井大道 128 号 纺织厂仓库" };

const customers = [
  ...[
    "海珠广源布行",
    "中大轻纺城 B 区 2088 档",
    "番禺恒盛制衣厂",
    "佛山南海顺昌纺织有限公司",
    "黄埔永利服装",
  ],
  ...["增城新塘牛仔城", "花都狮岭皮具辅料", "天河石牌面料中心", "荔湾十三行服饰", "白马服装市场 5 楼"],
  ...["东莞虎门富民布业", "从化温泉酒店布草", "越秀流花服装批发", "南沙港嘉信贸易", "顺德乐从家纺城"],
];
const streets = [
  "新港西路",
  "大石街道",
  "康乐中路",
  "石楼镇市莲路",
  "新塘大道西",
  "站前路",
  "芳村大道",
  "广园东路",
];
const materials = [
  { material: "坯布", capacity: 500 },
  { material: "色布", capacity: 320 },
  { material: "印花布", capacity: 240 },
];
const plates = [
  "粤A·8K216",
  "粤A·D5930",
  "粤AF·70125",
  "粤B·3M882",
  "粤A·Q4417",
  "粤E·9H053",
  "粤A·X6281",
  "粤S·2T709",
];

/** A dispatch day of a textile factory in Guangzhou; every vehicle serves its own side of the city. */
export function samplePlan({ vehicles, stopsPerVehicle }: SampleSize): Plan {
  const random = createRandom(20261123);
  const routes = Array.from({ length: vehicles }, (_, index) =>
    sampleRoute({ index, vehicles, stopsPerVehicle, random }),
  );
  const shipments = routes.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds));
  return {
    planId: "plan_7f3kq9d2",
    revision: 2,
    createdAt: "2026-11-22T18:40:00+08:00",
    area: "广州",
    merchantId: 31,
    routes,
    unassigned: [],
    unmappedItems: [],
    warnings: [],
    quality: {
      status: "heuristic",
      reason: "No better plan was found in 20000 iterations.",
      vehiclesUsed: vehicles,
      shipmentsAssigned: shipments.length,
      distanceMeters: routes.reduce((sum, { distanceMeters }) => sum + distanceMeters, 0),
      durationSeconds: routes.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0),
      iterations: 20_000,
      seed: 1,
      repeatable: true,
    },
    options: {
      depot,
      capacityModel: "independent",
      objective: "fewest_vehicles",
      returnToDepot: true,
      startAt: "2026-11-23T08:00:00+08:00",
      serviceMinutes: 10,
      timeWindows: [],
      locks: [],
      priorities: [],
      allowSplit: false,
      timeLimitSeconds: 5,
      seed: 1,
    },
    vehicles: routes.map(({ licensePlate, loads }) => ({
      licensePlate,
      materialCapacities: loads.map(({ material, capacity }) => ({ materialName: material, capacity })),
    })),
    shipments: [],
  };
}

type RouteSeed = SampleSize & { index: number; random: () => number };

function sampleRoute({ index, vehicles, stopsPerVehicle, random }: RouteSeed): PlanRoute {
  const positions = samplePositions({ index, vehicles, stopsPerVehicle, random });
  const stops = positions.map((position, order) =>
    sampleStop({ position, before: positions[order - 1] ?? depot, index, order, stopsPerVehicle }),
  );
  const back = metersBetween(positions.at(-1) ?? depot, depot);
  const distanceMeters = stops.reduce((sum, stop) => sum + stop.distanceMeters, back);
  const durationSeconds = Math.round(distanceMeters / 8.5) + stops.length * 600;
  return {
    licensePlate: plates[index] ?? `粤A·${String(10_000 + index * 37)}`,
    loads: sampleLoads(random),
    stops,
    distanceMeters,
    durationSeconds,
    departAt: "2026-11-23T08:00:00+08:00",
    finishAt: shanghaiTime(durationSeconds),
  };
}

/** A petal: out on one side of a direction, back on the other. */
function samplePositions({
  index,
  vehicles,
  stopsPerVehicle,
  random,
}: RouteSeed): { lat: number; lng: number }[] {
  const direction = (index / vehicles) * 2 * Math.PI + 0.4;
  const reach = 0.1 + random() * 0.14;
  return Array.from({ length: stopsPerVehicle }, (_, order) => {
    const share = (order + 1) / (stopsPerVehicle + 1);
    const distance = reach * (0.35 + 0.65 * Math.sin(share * Math.PI)) * (0.85 + random() * 0.3);
    const angle = direction + (share - 0.5) * ((2 * Math.PI) / vehicles) * 0.85;
    return { lat: depot.lat + Math.sin(angle) * distance * 0.8, lng: depot.lng + Math.cos(angle) * distance };
  });
}

type StopSeed = {
  position: { lat: number; lng: number };
  before: { lat: number; lng: number };
  index: number;
  order: number;
  stopsPerVehicle: number;
};

function sampleStop({ position, before, index, order, stopsPerVehicle }: StopSeed): PlanStop {
  const serial = index * stopsPerVehicle + order;
  const shipmentId = 50_100 + serial;
  return {
    sequence: order + 1,
    loadPosition: stopsPerVehicle - order,
    shipmentIds: [shipmentId],
    customerName: customers[serial % customers.length] ?? null,
    address: `${streets[serial % streets.length]} ${(serial * 7) % 300} 号`,
    ...position,
    arriveAt: shanghaiTime(1500 + order * 1400),
    distanceMeters: metersBetween(before, position),
    items: [{ shipmentId, material: "坯布", quantity: "40" }],
  };
}

function sampleLoads(random: () => number): PlanLoad[] {
  return materials.map(({ material, capacity }) => {
    const quantity = Math.round(capacity * (0.2 + random() * 0.13));
    return { material, quantity: String(quantity), capacity, fill: quantity / capacity };
  });
}

/** Seconds after 08:00 of the sample's day, as ISO 8601. */
function shanghaiTime(seconds: number): string {
  const local = new Date(Date.UTC(2026, 10, 23, 8) + seconds * 1000);
  return local.toISOString().replace(".000Z", "+08:00");
}

function metersBetween(from: { lat: number; lng: number }, to: { lat: number; lng: number }): number {
  const north = (to.lat - from.lat) * 111_195;
  const east = (to.lng - from.lng) * 111_195 * Math.cos((from.lat * Math.PI) / 180);
  return Math.round(Math.hypot(north, east) * 1.3);
}

/** Park and Miller's minimal standard generator, 0 to 1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
