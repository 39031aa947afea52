import { formatDecimal, parseDecimal, subtractDecimals } from "../../../domain/decimal.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import type {
  Change,
  LoadDifference,
  MoveKind,
  PlanDifference,
  PlanFigures,
  ShipmentMove,
  StandingPlace,
  VehicleDifference,
  WindowSlack,
} from "../../../planning/compare/difference.ts";
import { clockOf, cut, kilometers } from "../plan/plan-text.ts";

const shownMoves = 15;
const shownVehicles = 10;
const shownWindows = 5;
const shownAgreements = 8;

/** A difference as a person would tell it, a line for each thing; `startAt` is the plan's. */
export function describeDifference(difference: PlanDifference, startAt: string): string[] {
  const clock = clockOf(startAt);
  const { moves, vehicles, windows, agreements } = difference;
  return [
    `${describeCounts(moves)}; ${describeTotals(difference.figures, clock)}.`,
    ...cut(moves.map(describeMove), shownMoves, "more shipments"),
    ...cut(
      vehicles.map((vehicle) => describeVehicle(vehicle, clock)),
      shownVehicles,
      "more vehicles",
    ),
    ...cut(
      windows.map((window) => describeWindow(window, clock)),
      shownWindows,
      "more windows that became tight",
    ),
    ...cut(
      agreements.map(({ words }) => `Agreed: ${words}`),
      shownAgreements,
      "more agreements",
    ),
  ].map(oneLine);
}

/** The same in one line, for who changed the plan before. */
export function describeSince({ moves, figures, agreements }: PlanDifference, startAt: string): string {
  const agreed =
    agreements.length === 0
      ? ""
      : `; ${agreements.length} ${agreements.length === 1 ? "agreement" : "agreements"} changed`;
  const [first] = moves;
  const such =
    first === undefined ? "" : ` (${oneLine(describeMove(first))}${moves.length > 1 ? ", …" : ""})`;
  return `${describeCounts(moves)}${such}; ${describeTotals(figures, clockOf(startAt))}${agreed}.`;
}

const countWords: Record<MoveKind, string> = {
  left_out: "newly left out",
  removed: "removed",
  gone: "not in it any more",
  added: "added",
  served: "newly served",
  moved: "moved",
  split: "split otherwise",
  reordered: "in another order",
};

/** "2 moved, 1 in another order"; "No shipment moves" where none does. */
export function describeCounts(moves: readonly ShipmentMove[]): string {
  const counts = Object.entries(countWords).map(([kind, words]) => ({
    words,
    count: moves.filter((move) => move.kind === kind).length,
  }));
  const told = counts.filter(({ count }) => count > 0).map(({ count, words }) => `${count} ${words}`);
  return told.join(", ") || "No shipment moves";
}

type Clock = (instant: string) => string;

function describeTotals({ before, after }: Change<PlanFigures>, clock: Clock): string {
  const cost = { before: before.costYuan, after: after.costYuan };
  const parts = [
    moreMeters({ before: before.distanceMeters, after: after.distanceMeters }),
    moreMinutes({ before: before.durationSeconds, after: after.durationSeconds }),
    before.vehiclesUsed === after.vehiclesUsed
      ? ""
      : `${before.vehiclesUsed} -> ${after.vehiclesUsed} vehicles`,
    describeFinish({ before: before.finishAt, after: after.finishAt }, clock),
    ...describeTrouble({
      late: { before: before.lateSeconds, after: after.lateSeconds },
      waiting: { before: before.waitingSeconds, after: after.waitingSeconds },
    }),
    describeCost(cost),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** "Moved: 4 「客户4」, 粤A1 stop 2 -> 粤A2 stop 1". */
export function describeMove(move: ShipmentMove): string {
  const { shipmentId, customerName, kind, from, to, message } = move;
  const name = customerName === null ? `${shipmentId}` : `${shipmentId} ${quote(customerName)}`;
  const why = to.length === 0 && message !== undefined ? `: ${message}` : "";
  if (kind === "left_out") return `Left out now: ${name}, was ${places(from)}${why}`;
  if (kind === "removed" || kind === "gone")
    return `${kind === "gone" ? "Not in it any more" : "Removed"}: ${name}, was ${places(from)}`;
  if (kind === "added" || kind === "served")
    return `${kind === "added" ? "Added" : "Served now"}: ${name}, ${places(to)}${why}`;
  const word = { moved: "Moved", split: "Split", reordered: "Order" }[kind];
  return `${word}: ${name}, ${places(from)} -> ${places(to)}`;
}

function places(standing: readonly StandingPlace[]): string {
  const told = standing.map(
    ({ licensePlate, stop, trip }) =>
      `${licensePlate} stop ${stop}${trip === undefined ? "" : ` (trip ${trip})`}`,
  );
  return told.join(" and ") || "on no route";
}

/** "粤A12345: 4 -> 3 stops, -2.1 km, -14 min, done 11:20 (was 11:34); 坯布 400 -> 300 of 500 (80 -> 60 %)". */
function describeVehicle(vehicle: VehicleDifference, clock: Clock): string {
  const { licensePlate, stops, lateSeconds: late, waitingSeconds: waiting } = vehicle;
  const parts = [
    describeStops(stops),
    moreMeters(vehicle.distanceMeters),
    moreMinutes(vehicle.durationSeconds),
    describeFinish(vehicle.finishAt, clock),
    ...describeTrouble({ late, waiting }),
    describeCost(vehicle.costYuan ?? { before: null, after: null }),
  ];
  const loads = vehicle.loads.map(describeLoad).join(", ");
  const told = parts.filter((part) => part !== "").join(", ");
  return `${licensePlate}: ${told}${loads === "" ? "" : `; ${loads}`}`;
}

function describeStops({ before, after }: Change<number>): string {
  if (before === 0) return `drives now, ${after} ${after === 1 ? "stop" : "stops"}`;
  if (after === 0) return `stays now, had ${before} ${before === 1 ? "stop" : "stops"}`;
  return before === after ? `${after} ${after === 1 ? "stop" : "stops"}` : `${before} -> ${after} stops`;
}

const noticeWords = {
  over: ", MORE THAN ITS ROOM",
  nearly_full: ", nearly full now",
  nearly_empty: ", nearly empty now",
  empty: ", none of it now",
};

function describeLoad({ material, trip, quantity, capacity, fill, notice }: LoadDifference): string {
  const of = capacity.after ?? capacity.before;
  const room = of === null ? "" : ` of ${of}`;
  const wasOf =
    capacity.before === null || capacity.after === null || capacity.before === capacity.after
      ? ""
      : ` (room was ${capacity.before})`;
  const name = `${trip === undefined ? "" : `trip ${trip} `}${material}`;
  return (
    `${name} ${quantity.before} -> ${quantity.after}${room}${wasOf} ` +
    `(${percent(fill.before)} -> ${percent(fill.after)} %)${notice === undefined ? "" : noticeWords[notice]}`
  );
}

function describeWindow(
  { shipmentId, customerName, licensePlate, endAt, slackSeconds }: WindowSlack,
  clock: Clock,
) {
  const name = `${shipmentId} ${quote(customerName)}`;
  const { before, after } = slackSeconds;
  const now = after < 0 ? `${wholeMinutes(-after)} min after` : `${Math.floor(after / 60)} min before`;
  return `Tight: ${name} on ${licensePlate} is reached ${now} its window ends at ${clock(endAt)} (was ${Math.floor(before / 60)} min before)`;
}

function describeFinish({ before, after }: Change<string | null>, clock: Clock): string {
  if (after === null) return "";
  if (before === null) return `done ${clock(after)}`;
  return clock(before) === clock(after) ? "" : `done ${clock(after)} (was ${clock(before)})`;
}

/** Lateness and waiting, where they changed. */
function describeTrouble({ late, waiting }: { late: Change<number>; waiting: Change<number> }): string[] {
  const tell = ({ before, after }: Change<number>, word: string): string =>
    before === after ? "" : `${wholeMinutes(after)} min ${word} (was ${wholeMinutes(before)})`;
  return [tell(late, "late"), tell(waiting, "of waiting")];
}

function describeCost({ before, after }: Change<string | null>): string {
  if (before === after) return "";
  if (before === null || after === null) return `${after ?? "no"} yuan (was ${before ?? "none"})`;
  return `${signed(yuanMore({ before, after }))} yuan`;
}

/** What it costs more, an exact decimal with a sign where it is less. */
function yuanMore({ before, after }: Change<string>): string {
  const [was, is] = [parseDecimal(before), parseDecimal(after)];
  return was && is ? formatDecimal(subtractDecimals(is, was)) : "0";
}

/** "+3.2 km"; "same distance" where it is the same to 50 m. */
function moreMeters({ before, after }: Change<number>): string {
  const text = kilometers(after - before);
  return Number.parseFloat(text) === 0 ? "same distance" : signed(text);
}

/** "-14 min"; "same time" where it is the same to half a minute. */
function moreMinutes({ before, after }: Change<number>): string {
  const minutes = Math.round((after - before) / 60);
  return minutes === 0 ? "same time" : signed(`${minutes} min`);
}

function signed(figure: string): string {
  return figure.startsWith("-") ? figure : `+${figure}`;
}

/** Rounded up, so that nothing reads as zero. */
function wholeMinutes(seconds: number): number {
  return Math.ceil(seconds / 60);
}

function percent(fill: number | null): string {
  return String(Math.round((fill ?? 0) * 100));
}
