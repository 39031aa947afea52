import { drive, scheduleTour, type Tour } from "../complete/visits.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { type Relaxation, relax } from "./relax.ts";
import type { Asking, Remedy } from "./remedies.ts";
import { roundUp } from "./round-up.ts";
import { sizeOf, sizeOfHired, sizeOfSpare } from "./sizes.ts";

/** A change of one vehicle, the problem with it, and the vehicle's tour before anything is put in. */
export type Bringing = {
  prepared: PreparedPlan;
  tour: Tour;
  /** Whether the change is a trip that what comes in first begins. */
  opensTrip: boolean;
  /** The change as it is told once the tour is what it becomes; undefined where it turns out to be none. */
  toChange: (tour: Tour) => Pick<Remedy, "relaxation" | "further" | "size"> | undefined;
};

/** By how much limits are raised to see what comes in: seconds, meters. What is told is what it took. */
const raises = {
  max_duration: [1800, 3600, 7200],
  shift: [1800, 3600, 7200],
  max_distance: [20_000, 50_000],
};

const mostStops = 50;

/** Every single change that may bring in several shipments: of each vehicle that drives, and of further vehicles. */
export function bringingsOf({ wide, carried }: Asking): Bringing[] {
  const { prepared } = wide;
  const driven = carried
    .slice(0, wide.ownVehicles)
    .flatMap(({ stays }, vehicle) => (stays.length > 0 ? [{ vehicle, stays: [...stays] }] : []));
  const further = wide.vehicles.map(
    (one): Bringing => ({
      prepared,
      tour: { vehicle: one.vehicle, stays: [] },
      opensTrip: false,
      toChange: () => ({ further: one, size: one.isOwned ? sizeOfSpare : sizeOfHired }),
    }),
  );
  return [
    ...driven.map((tour) => oneMoreTrip(prepared, tour)),
    ...further,
    ...driven.flatMap((tour) => raisedLimits(prepared, tour)),
  ];
}

function oneMoreTrip(prepared: PreparedPlan, tour: Tour): Bringing {
  const { vehicle } = tour;
  const relaxation: Relaxation = { vehicle, limit: "max_trips", amount: 1, size: sizeOf.max_trips! };
  return {
    prepared: relax(prepared, relaxation),
    tour,
    opensTrip: true,
    toChange: () => ({ relaxation, size: relaxation.size }),
  };
}

function raisedLimits(prepared: PreparedPlan, tour: Tour): Bringing[] {
  const { vehicles } = prepared.problem;
  const { vehicle } = tour;
  const isLimited = {
    max_duration: Number.isFinite(vehicles.maxDurationSeconds[vehicle]),
    shift: Number.isFinite(prepared.terms[vehicle]!.shiftEnd),
    max_distance: Number.isFinite(vehicles.maxDistanceMeters[vehicle]),
  };
  const times = (["max_duration", "shift", "max_distance"] as const).flatMap((limit) =>
    isLimited[limit] ? raises[limit].map((amount) => raised(prepared, tour, { limit, amount })) : [],
  );
  const hasStops = Number.isFinite(prepared.terms[vehicle]!.maxStops);
  return hasStops ? [...times, raised(prepared, tour, { limit: "max_stops", amount: mostStops })] : times;
}

function raised(
  prepared: PreparedPlan,
  tour: Tour,
  { limit, amount }: Pick<Relaxation, "limit" | "amount">,
): Bringing {
  const wide = relax(prepared, { vehicle: tour.vehicle, limit, amount, size: 0 });
  return {
    prepared: wide,
    tour,
    opensTrip: false,
    toChange: (wider) => {
      const needed = neededOf(prepared, wider, limit);
      if (needed <= 0) return undefined;
      const exact: Relaxation = { vehicle: tour.vehicle, limit, amount: needed, size: 0 };
      const relaxation = roundUp(exact, prepared);
      const size = relaxation.amount * sizeOf[limit]!;
      return { relaxation: { ...relaxation, size }, size };
    },
  };
}

/** By how much a tour passes the limit as it is now. */
function neededOf(prepared: PreparedPlan, tour: Tour, limit: Relaxation["limit"]): number {
  const { vehicles } = prepared.problem;
  const { vehicle } = tour;
  const schedule = scheduleTour(prepared, tour);
  switch (limit) {
    case "max_duration":
      return schedule.durationSeconds - vehicles.maxDurationSeconds[vehicle]!;
    case "shift":
      return schedule.endSeconds - vehicles.shiftEnd[vehicle]!;
    case "max_distance":
      return schedule.distanceMeters - vehicles.maxDistanceMeters[vehicle]!;
    default:
      return drive(prepared, tour).visits.length - vehicles.maxStops[vehicle]!;
  }
}
