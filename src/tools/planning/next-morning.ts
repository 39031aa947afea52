const departureHour = 8;

/** The next 08:00 in the server's time zone, as ISO 8601 with its offset. */
export function nextMorning(nowMilliseconds: number): string {
  const morning = new Date(nowMilliseconds);
  morning.setHours(departureHour, 0, 0, 0);
  if (morning.getTime() <= nowMilliseconds) morning.setDate(morning.getDate() + 1);
  const offsetMinutes = -morning.getTimezoneOffset();
  const local = new Date(morning.getTime() + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const hours = String(Math.floor(Math.abs(offsetMinutes) / 60)).padStart(2, "0");
  const minutes = String(Math.abs(offsetMinutes) % 60).padStart(2, "0");
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${hours}:${minutes}`;
}
