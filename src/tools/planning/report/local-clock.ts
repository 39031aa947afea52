/** Hours and minutes of moments in the offset of `startAt`, with the date where it is not that day. */
export function localClock(startAt: string): (instant: string) => string {
  const [, sign = "+", hours = "0", minutes = "0"] = /([+-])(\d\d):(\d\d)$/.exec(startAt) ?? [];
  const offset = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const at = (moment: number) => new Date(moment + offset).toISOString();
  const day = at(Date.parse(startAt)).slice(0, 10);
  return (instant) => {
    const moment = Date.parse(instant);
    if (Number.isNaN(moment)) return "an unknown time";
    const local = at(moment);
    const time = local.slice(11, 16);
    return local.startsWith(day) ? time : `${local.slice(0, 10)} ${time}`;
  };
}
