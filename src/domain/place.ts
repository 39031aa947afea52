/** A WGS-84 position in decimal degrees. */
export type Coordinates = { lat: number; lng: number };

/** A position with the address a driver reads. */
export type Place = Coordinates & { address?: string };
