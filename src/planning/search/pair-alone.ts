import type { Legs } from "../legs.ts";
import { scheduleRoute } from "../schedule.ts";
import type { Routes } from "./routes.ts";

/** The score of a pair alone on an idle vehicle of a type, Infinity where that breaks a rule other than its group's. */
export function scorePairAlone({ model, scoring, clock }: Routes, stop: number, type: number): number {
  const { pairs, types, problem } = model;
  const other = pairs!.partner[stop]!;
  const stops = pairs!.isDelivery[stop] === 1 ? [other, stop] : [stop, other];
  const schedule = scheduleRoute(problem, { vehicle: types.members[type]![0]!, stops });
  if (schedule.violations.some(({ limit }) => limit !== "together")) return Number.POSITIVE_INFINITY;
  const places = [
    types.startLocation[type]!,
    ...stops.map((each) => model.location[each]!),
    types.endLocation[type]!,
  ];
  const lengthIn = (legs: Legs): number => {
    const lengths = places.slice(1).map((to, leg) => legs.between(places[leg]!, to));
    return lengths.reduce((sum, length) => sum + length, 0);
  };
  const [meters = 0, seconds = 0] = [model.meters, model.seconds].map((matrices) =>
    lengthIn(matrices[types.profile[type]!]!),
  );
  const stay = schedule.serviceSeconds + schedule.setupSeconds.reduce((sum, setup) => sum + setup, 0);
  const { latenessCostPerSecond } = problem.stops;
  const lateness = schedule.latenessSeconds.map(
    (late, index) => late * (latenessCostPerSecond?.[stops[index]!] ?? 0),
  );
  const extra = lateness.reduce((sum, cost) => sum + cost, types.costPerStop[type]! * stops.length);
  const isFinish = problem.objective === "earliest_finish";
  const span = isFinish ? schedule.endSeconds - types.shiftStart[type]! : schedule.durationSeconds;
  const idle = clock && !scoring.isCost ? span - seconds - stay : 0;
  return scoring.score(type, meters, seconds, stay, idle) + scoring.scoreExtra(extra);
}
