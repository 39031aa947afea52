import { randomUUID } from "node:crypto";
import type { Coordinates } from "../../domain/place.ts";
import { driveMinutes, roadMeters } from "../road.ts";
import type { DriverMatch } from "./drivers.ts";
import { geocode } from "./geocode.ts";
import type { ImportRequest, RequestedStop } from "./import-request.ts";
import { orderStops } from "./order-stops.ts";
import { encodePolyline } from "./polyline.ts";
import { planTimeline, type StopEnd, type Timeline } from "./timeline.ts";

/** A stop with the position the vendor found for it, null where it found none. */
export type JobStop = Omit<RequestedStop, "coordinates"> & {
  coordinates: Coordinates | null;
  wasGeocoded: boolean;
};

/** The vendor's own figures of a route. */
export type Optimization = { totalDistanceKm: number; totalDurationMinutes: number; encodedPolyline: string };

/** A job as the vendor keeps it. */
export type Job = {
  jobId: string;
  routeId: string;
  /** The integration it belongs to: no other one sees it. */
  clientId: string;
  request: ImportRequest;
  driver: DriverMatch;
  /** In driving order. */
  stops: JobStop[];
  /** Null with fewer than two stops whose position is known. */
  optimization: Optimization | null;
  /** Simulated time, milliseconds since the epoch. */
  createdAt: number;
  timeline: Timeline;
};

type JobContext = {
  clientId: string;
  driver: DriverMatch;
  createdAt: number;
  seed: number;
  orderedEnd: (externalStopId: string) => StopEnd["status"] | undefined;
};

/** Geocodes and orders the stops of a request and lays down how the drive will go. */
export function createJob(request: ImportRequest, context: JobContext): Job {
  const { clientId, driver, createdAt, seed, orderedEnd } = context;
  const { stops, optimization } = optimize(request.stops.map(place));
  const key = `${seed} ${request.externalJobId}`;
  const timeline = planTimeline(stops, { key, createdAt, hasDriver: driver.userId !== null, orderedEnd });
  const ids = { jobId: randomUUID(), routeId: randomUUID() };
  return { ...ids, clientId, request, driver, stops, optimization, createdAt, timeline };
}

function place(stop: RequestedStop): JobStop {
  if (stop.coordinates) return { ...stop, wasGeocoded: false };
  const coordinates = geocode(stop.address);
  return { ...stop, coordinates, wasGeocoded: coordinates !== null };
}

/** Stops without a position are left out of the optimisation and come last, as they were sent (路线优化). */
function optimize(stops: JobStop[]): { stops: JobStop[]; optimization: Optimization | null } {
  const located = stops.flatMap((stop) => (stop.coordinates ? [{ stop, place: stop.coordinates }] : []));
  if (located.length < 2) return { stops, optimization: null };
  const order = orderStops(located.map((entry) => entry.place));
  const ordered = order.map((index) => located[index]).filter((entry) => entry !== undefined);
  const unlocated = stops.filter((stop) => stop.coordinates === null);
  const route = ordered.map((entry) => entry.place);
  return { stops: [...ordered.map(({ stop }) => stop), ...unlocated], optimization: measure(route) };
}

function measure(route: readonly Coordinates[]): Optimization {
  const meters = route.reduce((sum, stop, index) => sum + roadMeters(route[index - 1] ?? stop, stop), 0);
  return {
    totalDistanceKm: Math.round(meters / 100) / 10,
    totalDurationMinutes: Math.round(driveMinutes(meters)),
    encodedPolyline: encodePolyline(route),
  };
}
