import { parseMoment } from "../../domain/instant.ts";

/** When what was sent must have arrived: milliseconds since 1970, by the vendor's clock. */
export type ArrivalWindow = { from: number; until: number };

/** What whole seconds, and a slow answer that told the vendor's time, can hide. */
const clockRoomMilliseconds = 5_000;
/** Longer than a request can be on its way. */
const wayMilliseconds = 5 * 60_000;

/** The window of a write that was first sent at a time, by the vendor's clock. */
export function arrivalWindow(startedAt: number): ArrivalWindow {
  return { from: startedAt - clockRoomMilliseconds, until: startedAt + wayMilliseconds };
}

/** Whether something was made within the window; what does not say when it was made was not. */
export function isWithin(madeAt: string | null, { from, until }: ArrivalWindow): boolean {
  const moment = parseMoment(madeAt ?? "");
  return moment !== undefined && moment >= from && moment <= until;
}
