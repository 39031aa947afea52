/** Who drives a vehicle, as RouteMate knows drivers. */
export type Driver = {
  licensePlate: string;
  driverEmail: string;
  /** ISO 8601 */
  setAt: string;
};
