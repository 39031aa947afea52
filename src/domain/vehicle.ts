import type { Identifier } from "./identifier.ts";

/** The most a vehicle carries of one material, in rolls (条). */
export type MaterialCapacity = { id?: Identifier; materialName: string; capacity: number };

/** A transport vehicle of the factory (fleet.txt, TransportVehicle). */
export type Vehicle = {
  id?: Identifier;
  merchantId?: Identifier;
  name?: string | null;
  licensePlate: string;
  materialCapacities: MaterialCapacity[];
  /** How often it may leave the depot loaded in one plan, 1 when left out; whole. */
  maxTrips?: number;
  /** What loading again at the depot takes, minutes; none when left out. */
  reloadMinutes?: number;
  createdAt?: string;
  updatedAt?: string;
};
