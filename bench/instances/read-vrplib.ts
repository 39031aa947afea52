import type { Instance, InstanceKind, Rounding, Stop, VehicleType, Window } from "./instance.ts";

/** Each TYPE of the collections, and the rounding that the best known costs of its kind are meant for (bks.json). */
const kinds: Record<string, { kind: InstanceKind; rounding: Rounding }> = {
  CVRP: { kind: "cvrp", rounding: "nearest" },
  VRPTW: { kind: "vrptw", rounding: "one_decimal" },
  PCVRPTW: { kind: "pcvrptw", rounding: "one_decimal" },
  HFVRP: { kind: "hfvrp", rounding: "none" },
  SDVRPTW: { kind: "sdvrptw", rounding: "three_decimals" },
  MDVRPTW: { kind: "mdvrptw", rounding: "three_decimals" },
};

/** What the costs of HFVRP files are multiplied by (Pessoa, Sadykov and Uchoa 2018). */
const heterogeneousCostDivisor = 100;

const knownHeaders = new Set([
  "NAME",
  "COMMENT",
  "TYPE",
  "DIMENSION",
  "EDGE_WEIGHT_TYPE",
  "CAPACITY",
  "VEHICLES",
  "SERVICE_TIME",
  "VEHICLES_MAX_DURATION",
]);

const knownSections = new Set([
  "NODE_COORD_SECTION",
  "DEMAND_SECTION",
  "DEPOT_SECTION",
  "SERVICE_TIME_SECTION",
  "TIME_WINDOW_SECTION",
  "CAPACITY_SECTION",
  "VEHICLES_FIXED_COST_SECTION",
  "VEHICLES_UNIT_DISTANCE_COST_SECTION",
  "VEHICLES_DEPOT_SECTION",
  "VEHICLES_ALLOWED_CLIENTS_SECTION",
  "PRIZE_SECTION",
]);

/** A file's headers, and each section's rows by their first number (a node or vehicle, from 1). */
type VrplibFile = { headers: Map<string, string>; sections: Map<string, Map<number, number[]>> };

/** CVRPLIB's format with PyVRP's sections for windows, mixed fleets, depots, allowed clients and prizes. */
export function readVrplib(text: string, name: string): Instance {
  const file = parse(text);
  const type = file.headers.get("TYPE") ?? "";
  const known = kinds[type];
  if (!known) throw new Error(`TYPE ${type} is not known (only ${Object.keys(kinds).join(", ")})`);
  if (file.headers.get("EDGE_WEIGHT_TYPE") !== "EUC_2D") throw new Error("EDGE_WEIGHT_TYPE is not EUC_2D");
  const nodes = [...section(file, "NODE_COORD_SECTION").entries()];
  if (nodes.length !== number(file, "DIMENSION")) throw new Error(`DIMENSION is not ${nodes.length}`);
  const depots = depotsOf(file);
  const stopOfNode = new Map<number, number>();
  for (const [node] of nodes) if (!depots.includes(node)) stopOfNode.set(node, stopOfNode.size);
  return {
    name,
    ...known,
    places: nodes.map(([, [x = Number.NaN, y = Number.NaN]]) => ({ x, y })),
    stops: [...stopOfNode.keys()].map((node) => readStop(file, node)),
    fleet: alike(readVehicles(file, { depots, stopOfNode })),
    costDivisor: type === "HFVRP" ? heterogeneousCostDivisor : 1,
  };
}

function parse(text: string): VrplibFile {
  const headers = new Map<string, string>();
  const sections: VrplibFile["sections"] = new Map();
  let rows = new Map<number, number[]>();
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    const [, header, value = ""] = /^([A-Z_]+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (header) {
      if (!knownHeaders.has(header)) throw new Error(`header ${header} is not known`);
      headers.set(header, value);
    } else if (/^[A-Z_]+$/.test(line)) {
      if (line === "EOF") break;
      if (!knownSections.has(line)) throw new Error(`section ${line} is not known`);
      rows = new Map();
      sections.set(line, rows);
    } else if (line !== "") {
      const [key = Number.NaN, ...values] = line.split(/\s+/).map(Number);
      if (![key, ...values].every(Number.isFinite)) throw new Error(`"${line}" is no row of numbers`);
      rows.set(key, values);
    }
  }
  return { headers, sections };
}

function section(file: VrplibFile, name: string): Map<number, number[]> {
  const rows = file.sections.get(name);
  if (!rows) throw new Error(`${name} is missing`);
  return rows;
}

function number({ headers }: VrplibFile, name: string): number | undefined {
  const value = headers.get(name);
  return value === undefined ? undefined : Number(value);
}

/** The list ends with -1; without one the first node is the depot. */
function depotsOf({ sections }: VrplibFile): number[] {
  const nodes = [...(sections.get("DEPOT_SECTION")?.keys() ?? [])].filter((node) => node > 0);
  return nodes.length > 0 ? nodes : [1];
}

function windowOf({ sections }: VrplibFile, node: number): Window | undefined {
  const [from, to] = sections.get("TIME_WINDOW_SECTION")?.get(node) ?? [];
  return from === undefined || to === undefined ? undefined : [from, to];
}

function readStop(file: VrplibFile, node: number): Stop {
  const demand = section(file, "DEMAND_SECTION").get(node);
  if (!demand) throw new Error(`DEMAND_SECTION has no node ${node}`);
  const [service] = file.sections.get("SERVICE_TIME_SECTION")?.get(node) ?? [];
  const window = windowOf(file, node);
  // A prize of 0 is none: the stop must be visited (PyVRP's reader).
  const [prize = 0] = file.sections.get("PRIZE_SECTION")?.get(node) ?? [];
  return {
    place: node - 1,
    demand,
    service: service ?? number(file, "SERVICE_TIME") ?? 0,
    ...(window ? { window } : {}),
    ...(prize > 0 ? { prize } : {}),
  };
}

type Nodes = { depots: number[]; stopOfNode: Map<number, number> };

/** One entry for each vehicle of the file, or one without end where the file has no fleet size. */
function readVehicles(file: VrplibFile, { depots, stopOfNode }: Nodes): VehicleType[] {
  const size = number(file, "VEHICLES");
  const maxDuration = number(file, "VEHICLES_MAX_DURATION");
  const unitCost = file.headers.get("TYPE") === "HFVRP" ? heterogeneousCostDivisor : 1;
  return Array.from({ length: size ?? 1 }, (_, index) => {
    const row = (name: string) => file.sections.get(name)?.get(index + 1);
    const capacity = row("CAPACITY_SECTION") ?? [number(file, "CAPACITY") ?? Number.NaN];
    if (!capacity.every(Number.isFinite)) throw new Error(`vehicle ${index + 1} has no capacity`);
    const depot = row("VEHICLES_DEPOT_SECTION")?.[0] ?? depots[0] ?? 1;
    const clients = row("VEHICLES_ALLOWED_CLIENTS_SECTION");
    const shift = windowOf(file, depot);
    return {
      count: size === undefined ? Number.POSITIVE_INFINITY : 1,
      depot: depot - 1,
      capacity,
      fixedCost: row("VEHICLES_FIXED_COST_SECTION")?.[0] ?? 0,
      costPerDistance: row("VEHICLES_UNIT_DISTANCE_COST_SECTION")?.[0] ?? unitCost,
      ...(shift ? { shift } : {}),
      ...(maxDuration === undefined ? {} : { maxDuration }),
      ...(clients ? { allowedStops: clients.flatMap((node) => stopOfNode.get(node) ?? []) } : {}),
    };
  });
}

/** Vehicles that differ in nothing, as one type with their number. */
function alike(vehicles: VehicleType[]): VehicleType[] {
  const types = new Map<string, VehicleType>();
  for (const vehicle of vehicles) {
    const key = JSON.stringify({ ...vehicle, count: 0 });
    const known = types.get(key);
    types.set(key, { ...vehicle, count: (known?.count ?? 0) + vehicle.count });
  }
  return [...types.values()];
}
