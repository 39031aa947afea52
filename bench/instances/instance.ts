/**
 * A public routing instance as its file has it, in its own units: neither VROOM's format nor the planner's.
 * Nothing under `instances` or `checker` imports the planner, so that the checker cannot repeat a mistake of it.
 */
export type Instance = {
  name: string;
  kind: InstanceKind;
  rounding: Rounding;
  places: Place[];
  stops: Stop[];
  fleet: VehicleType[];
  /** The file's costs are in units of 1 / costDivisor. */
  costDivisor: number;
};

/** What an instance asks for: the name of its kind in its collection, and `rich` for our own. */
export type InstanceKind = "cvrp" | "vrptw" | "hfvrp" | "pcvrptw" | "sdvrptw" | "mdvrptw" | "rich";

/** How the distance between two places is rounded; travel time is the same number. */
export type Rounding = "nearest" | "one_decimal" | "three_decimals" | "none";

/** A point in the plane. */
export type Place = { x: number; y: number };

/**
 * A place to visit once. `window` holds the start of service; a stop with a prize may be left out, which then counts
 * as a cost.
 */
export type Stop = { place: number; demand: number[]; service: number; window?: Window; prize?: number };

/** From and to, both inclusive. */
export type Window = [from: number, to: number];

/** Vehicles that are alike. Each drives one route from its depot and back; `count` may be Infinity. */
export type VehicleType = {
  count: number;
  depot: number;
  capacity: number[];
  fixedCost: number;
  costPerDistance: number;
  /** Departure not before, return not after. */
  shift?: Window;
  maxDuration?: number;
  /** Indices of the stops that it may visit; any when left out. */
  allowedStops?: number[];
};

/** Who visits what, in order: indices into `fleet` and `stops`. */
export type Answer = { routes: { vehicleType: number; stops: number[] }[] };
