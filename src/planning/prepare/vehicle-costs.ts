import type { Vehicle } from "../../domain/vehicle.ts";
import { type Legs, legsOf } from "../legs.ts";
import type { VehicleTable } from "../problem.ts";
import { countsMoney, unitsOf, unitsPerMeter, unitsPerSecond } from "./money.ts";
import { placeOfVehicle } from "./places.ts";
import type { TableContext } from "./tables.ts";

type VehicleCosts = Pick<
  VehicleTable,
  "fixedCost" | "costPerMeter" | "costPerTravelSecond" | "costPerServiceSecond"
>;

/**
 * What vehicles cost: money where any is spoken of, else meters. Where fewest vehicles are wanted, each costs more on
 * top than all else together.
 */
export function tabulateCosts(context: TableContext): VehicleCosts {
  const { vehicles, options } = context;
  const own = countsMoney(options, vehicles) ? costsInMoney(vehicles) : costsInMeters(vehicles.length);
  if (options.objective !== "fewest_vehicles") return own;
  const most = mostOfAll(context, own);
  return { ...own, fixedCost: own.fixedCost.map((cost) => cost + most) };
}

function costsInMeters(count: number): VehicleCosts {
  const each = (value: number) => new Float64Array(count).fill(value);
  return {
    fixedCost: each(0),
    costPerMeter: each(1),
    costPerTravelSecond: each(0),
    costPerServiceSecond: each(0),
  };
}

/** A meter that costs nothing counts as the smallest unit, so that of two plans of one price the shorter one is taken. */
function costsInMoney(vehicles: readonly Vehicle[]): VehicleCosts {
  const perSecond = Float64Array.from(vehicles, ({ yuanPerHour = "0" }) => unitsPerSecond(yuanPerHour));
  return {
    fixedCost: Float64Array.from(vehicles, ({ fixedYuan = "0" }) => unitsOf(fixedYuan)),
    costPerMeter: Float64Array.from(vehicles, ({ yuanPerKilometer = "0" }) =>
      Math.max(1, unitsPerMeter(yuanPerKilometer)),
    ),
    costPerTravelSecond: perSecond,
    costPerServiceSecond: perSecond,
  };
}

/**
 * More than any plan costs without this: no tours are longer than driving to every shipment and back by the dearest
 * vehicle, all vehicles are used once, and no more is left out than there is.
 */
function mostOfAll(context: TableContext, own: VehicleCosts): number {
  const { consignments, options } = context;
  const dearest = (costs: Float64Array) => costs.reduce((most, cost) => Math.max(most, cost), 0);
  const perMeter = dearest(own.costPerMeter);
  const perSecond = dearest(own.costPerTravelSecond);
  const fleet = own.fixedCost.reduce((sum, cost) => sum + cost, 0);
  const roundTrip = measureRoundTrips(context);
  return consignments.reduce((sum, { place, conditions }) => {
    const { meters, seconds } = roundTrip(place);
    const service = conditions.serviceSeconds ?? options.serviceMinutes * 60;
    // A meter and a second more for each leg, because matrix entries are rounded.
    const drive = perMeter * (meters + 2) + perSecond * (seconds + 2 + service);
    return sum + Math.ceil(drive + (conditions.penalty ?? 0));
  }, fleet + 1);
}

/** The longest way from any vehicle's start to a place, and on to any start or end. */
function measureRoundTrips({ vehicles, places, travel: [travel] }: TableContext) {
  const homes = vehicles.flatMap(({ start, end }) => [
    placeOfVehicle(places, start),
    placeOfVehicle(places, end ?? start),
  ]);
  const ends = [...new Set(homes)];
  const { meters, seconds } = legsOf(travel!);
  const longest = (legs: Legs, place: number) =>
    Math.max(...ends.map((end) => legs.between(end, place))) +
    Math.max(...ends.map((end) => legs.between(place, end)));
  return (place: number) => ({ meters: longest(meters, place), seconds: longest(seconds, place) });
}
