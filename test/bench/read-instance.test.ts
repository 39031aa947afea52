import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readCatalogue } from "../../bench/instances/catalogue.ts";
import { readInstance } from "../../bench/instances/read-instance.ts";

const fixtures = join(import.meta.dirname, "../fixtures/instances");
const scratch = mkdtempSync(join(tmpdir(), "instances-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function write(file: string, text: string): string {
  const path = join(scratch, file);
  writeFileSync(path, text);
  return path;
}

const prizes = `NAME : small
TYPE : PCVRPTW
DIMENSION : 3
VEHICLES : 2
CAPACITY : 10
SERVICE_TIME : 10
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 0 7
DEMAND_SECTION
1 0
2 4
3 6
TIME_WINDOW_SECTION
1 0 100
2 0 50
3 20 90
PRIZE_SECTION
1 0
2 41.5
3 0
DEPOT_SECTION
1
-1
EOF
`;

const depots = `TYPE: MDVRPTW
EDGE_WEIGHT_TYPE: EUC_2D
DIMENSION: 3
VEHICLES: 3
CAPACITY: 10
VEHICLES_MAX_DURATION: 60
NODE_COORD_SECTION
1 0 0
2 9 9
3 3 4
DEMAND_SECTION
1 0
2 0
3 5
VEHICLES_DEPOT_SECTION
1 1
2 2
3 2
DEPOT_SECTION
1
2
EOF
`;

describe("the readers", () => {
  test("take capacity and demands from a CVRPLIB file, with a fleet without end", () => {
    const { stops, places, fleet, rounding } = readInstance(join(fixtures, "cvrp/X-n101-k25.vrp"));
    expect(rounding).toBe("nearest");
    expect(places).toHaveLength(101);
    expect(places[0]).toEqual({ x: 365, y: 689 });
    expect(stops).toHaveLength(100);
    expect(stops[0]).toEqual({ place: 1, demand: [38], service: 0 });
    expect(fleet).toEqual([
      { count: Number.POSITIVE_INFINITY, depot: 0, capacity: [206], fixedCost: 0, costPerDistance: 1 },
    ]);
  });

  test("gather a mixed fleet's vehicles into types", () => {
    const { fleet, costDivisor, rounding } = readInstance(join(fixtures, "hfvrp/X115-HVRP.vrp"));
    expect({ costDivisor, rounding }).toEqual({ costDivisor: 100, rounding: "none" });
    expect(fleet.reduce((sum, { count }) => sum + count, 0)).toBe(19);
    expect(fleet[0]).toMatchObject({ capacity: [54], fixedCost: 14_600, costPerDistance: 58 });
    expect(fleet.at(-1)).toMatchObject({
      count: 1,
      capacity: [322],
      fixedCost: 125_200,
      costPerDistance: 147,
    });
  });

  test("take windows, services, durations and allowed clients", () => {
    const { stops, fleet } = readInstance(join(fixtures, "sdvrptw/PR01.vrp"));
    expect(stops[0]).toEqual({ place: 1, demand: [23], service: 20, window: [257, 374] });
    expect(fleet[0]).toMatchObject({ count: 2, capacity: [100], shift: [0, 1000], maxDuration: 500 });
    expect(fleet[0]?.allowedStops?.slice(-3)).toEqual([33, 35, 36]);
  });

  test("take Solomon's table", () => {
    const { stops, fleet, rounding } = readInstance(join(fixtures, "solomon/R101.txt"));
    expect(rounding).toBe("one_decimal");
    expect(stops).toHaveLength(100);
    expect(stops[0]).toEqual({ place: 1, demand: [10], service: 10, window: [161, 171] });
    expect(fleet[0]).toMatchObject({ count: 25, capacity: [200], shift: [0, 230] });
  });

  test("take prizes: a stop with one may be left out, a prize of 0 is none", () => {
    const { kind, rounding, stops, fleet } = readInstance(write("prizes.vrp", prizes));
    expect({ kind, rounding }).toEqual({ kind: "pcvrptw", rounding: "one_decimal" });
    expect(stops).toEqual([
      { place: 1, demand: [4], service: 10, window: [0, 50], prize: 41.5 },
      { place: 2, demand: [6], service: 10, window: [20, 90] },
    ]);
    expect(fleet).toEqual([
      { count: 2, depot: 0, capacity: [10], fixedCost: 0, costPerDistance: 1, shift: [0, 100] },
    ]);
  });

  test("take several depots, each vehicle at its own", () => {
    const { kind, stops, fleet } = readInstance(write("depots.vrp", depots));
    expect(kind).toBe("mdvrptw");
    expect(stops.map(({ place }) => place)).toEqual([2]);
    expect(fleet.map(({ depot, count, maxDuration }) => ({ depot, count, maxDuration }))).toEqual([
      { depot: 0, count: 1, maxDuration: 60 },
      { depot: 1, count: 2, maxDuration: 60 },
    ]);
  });

  test("take loads by material", () => {
    const { stops, fleet } = readInstance(join(fixtures, "rich/rich_n60_m3_t2.json"));
    expect(stops).toHaveLength(60);
    expect(stops[0]).toEqual({ place: 1, demand: [42, 19, 38], service: 18 });
    expect(fleet[1]).toMatchObject({
      capacity: [280, 198, 288],
      fixedCost: 400,
      costPerDistance: 5,
      count: 7,
    });
  });
});

describe("a file that the readers do not know whole", () => {
  const original = readFileSync(join(fixtures, "cvrp/X-n101-k25.vrp"), "utf8");

  test.each([
    ["zones.vrp", original.replace("DEPOT_SECTION", "ZONE_SECTION"), "section ZONE_SECTION is not known"],
    ["header.vrp", `BACKHAUL : 2\n${original}`, "header BACKHAUL is not known"],
    ["kind.vrp", original.replace("CVRP", "VRPB"), "TYPE VRPB is not known"],
    ["short.vrp", original.replace("101\t615\t750", ""), "DIMENSION is not 100"],
    ["words.vrp", original.replace("365\t689", "365\tnorth"), "is no row of numbers"],
    ["geo.vrp", original.replace("EUC_2D", "GEO"), "EDGE_WEIGHT_TYPE is not EUC_2D"],
    ["table.txt", "R101\n\nnothing here\n", "not in Solomon's format"],
    ["rich.json", '{"materials": 2}', "depot"],
    ["other.csv", "", "no reader for .csv"],
  ])("%s is refused by name", (file, text, message) => {
    const path = join(scratch, file);
    writeFileSync(path, text);
    expect(() => readInstance(path)).toThrow(message);
    expect(() => readInstance(path)).toThrow(path);
  });
});

test("a directory's catalogue has the instances whose files are there, and none without bks.json", () => {
  expect([...(readCatalogue(fixtures)?.keys() ?? [])]).toEqual([
    "X-n101-k25",
    "R101",
    "X115-HVRP",
    "sdvrptw:PR01",
    "rich_n60_m3_t2",
  ]);
  expect(readCatalogue(scratch)).toBeUndefined();
});
