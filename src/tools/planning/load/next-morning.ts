const departureHour = 8;

/**
 * The next 08:00 as ISO 8601 with its offset: that of the first moment which is written with one, as the ERP writes it
 * (2026-04-14T10:00:00+08:00), because the server may run in another zone than the trucks; the server's own where
 * there is none.
 */
export function nextMorning(nowMilliseconds: number, moments: Iterable<string | undefined>): string {
  const told = Iterator.from(moments)
    .map(offsetOf)
    .find((offset) => offset !== undefined);
  const offsetMinutes = told ?? -new Date(nowMilliseconds).getTimezoneOffset();
  // The hands of the local clock, read as if they were UTC.
  const hands = new Date(nowMilliseconds + offsetMinutes * 60_000);
  if (hands.getUTCHours() >= departureHour) hands.setUTCDate(hands.getUTCDate() + 1);
  const hours = String(Math.floor(Math.abs(offsetMinutes) / 60)).padStart(2, "0");
  const minutes = String(Math.abs(offsetMinutes) % 60).padStart(2, "0");
  const hour = String(departureHour).padStart(2, "0");
  return `${hands.toISOString().slice(0, 10)}T${hour}:00:00${offsetMinutes < 0 ? "-" : "+"}${hours}:${minutes}`;
}

/** Minutes east of Greenwich that the moment is written with; undefined for UTC's Z, which says nothing of a place. */
function offsetOf(moment: string | undefined): number | undefined {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(moment ?? "") ?? [];
  if (sign === undefined) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
