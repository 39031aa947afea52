import type { Identifier } from "./identifier.ts";
import type { Coordinates } from "./place.ts";

/** The most a vehicle carries of one material, in rolls (条). */
export type MaterialCapacity = { id?: Identifier; materialName: string; capacity: number };

/** A time of day, "07:30", on the plan's day in the offset of its start; or ISO 8601 with offset. */
export type DayTime = string;

/** A break that is taken once, beginning and ending within a window, by a vehicle that is out in it. */
export type VehiclePause = { from: DayTime; until: DayTime; minutes: number };

/** What a dispatcher asks of one vehicle beside what it carries. Amounts of money are exact decimals as text. */
export type VehicleRules = {
  shiftStart?: DayTime;
  shiftEnd?: DayTime;
  breaks?: VehiclePause[];
  /** Where it is loaded and leaves, in place of the plan's depot. */
  start?: Coordinates;
  /** Where its route ends, in place of where it left. */
  end?: Coordinates;
  /** Whether its route ends where it left, in place of what the plan says of all. */
  returnsToStart?: boolean;
  /** When it is used at all. */
  fixedYuan?: string;
  yuanPerKilometer?: string;
  /** Of driving and unloading. */
  yuanPerHour?: string;
  /** How often it may leave loaded in one plan, 1 when left out; whole. */
  maxTrips?: number;
  /** What loading again takes, where it left; none when left out. */
  reloadMinutes?: number;
  maxKilometers?: number;
  maxMinutes?: number;
  maxStops?: number;
};

/** A transport vehicle of the factory (fleet.txt, TransportVehicle). */
export type Vehicle = VehicleRules & {
  id?: Identifier;
  merchantId?: Identifier;
  name?: string | null;
  licensePlate: string;
  materialCapacities: MaterialCapacity[];
  createdAt?: string;
  updatedAt?: string;
};
