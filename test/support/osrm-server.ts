import { setTimeout } from "node:timers/promises";
import {
  type Answering,
  json,
  type ReceivedRequest,
  reset,
  startVendorServer,
  type VendorServer,
} from "./vendor-server.ts";

/** A coordinate as it is sent: "113.26440,23.12910". */
export type LngLat = string;

/** How the service of a test differs from one whose roads lead everywhere. */
export type OsrmHabits = {
  /** `--max-table-size`: by coordinates, as strict as any deployment is. */
  maxTableSize?: number;
  /** True where no road leads from one to the other. */
  isCutOff?: (from: LngLat, to: LngLat) => boolean;
  /** True for coordinates that snap to no road at all. */
  isOffRoad?: (place: LngLat) => boolean;
  /** Meters from the coordinate to the road that it snaps to. */
  snapMeters?: (place: LngLat) => number;
  delayMilliseconds?: number;
  /** Asked once a request: true hangs up. */
  isDown?: () => boolean;
};

export type OsrmServer = VendorServer & {
  /** Every pair of different coordinates that a table was given for, in order: "from > to". */
  pairs: string[];
  habits: OsrmHabits;
};

/** Seconds and meters by this road network, whose one-way streets make the way back another one. */
export function roadTravel(from: LngLat, to: LngLat): { seconds: number; meters: number } {
  const [fromLng = 0, fromLat = 0] = from.split(",").map(Number);
  const [toLng = 0, toLat = 0] = to.split(",").map(Number);
  if (from === to) return { seconds: 0, meters: 0 };
  const blocks = Math.abs(fromLng - toLng) * 102_000 + Math.abs(fromLat - toLat) * 111_000;
  const detour = fromLng < toLng || (fromLng === toLng && fromLat < toLat) ? 1.4 : 1;
  return { seconds: blocks * detour * 0.09 + 30.4, meters: blocks * detour + 0.3 };
}

/** A loopback server that answers `/table/v1/driving/…` as osrm-routed does (docs/http.md, Table service). */
export async function startOsrm(habits: OsrmHabits = {}): Promise<OsrmServer> {
  const pairs: string[] = [];
  const server = await startVendorServer();
  const osrm: OsrmServer = { ...server, pairs, habits };
  server.answer(async (request, response) => {
    if (osrm.habits.delayMilliseconds) await setTimeout(osrm.habits.delayMilliseconds);
    const answering = osrm.habits.isDown?.() ? reset : answerTable(request, osrm);
    return answering(request, response);
  });
  return osrm;
}

function answerTable({ url }: ReceivedRequest, { habits, pairs }: OsrmServer): Answering {
  const { pathname, searchParams } = new URL(url, "http://osrm.test");
  const [, list] = /^\/table\/v1\/driving\/(.+)$/.exec(pathname) ?? [];
  if (list === undefined) return refuse("InvalidUrl", "URL string malformed");
  if (searchParams.get("annotations") !== "duration,distance") return refuse("InvalidQuery", "annotations");
  const coordinates = list.split(";");
  const { maxTableSize = 100, isOffRoad = () => false } = habits;
  if (coordinates.length < 2)
    return refuse("InvalidOptions", "Number of coordinates needs to be at least two.");
  if (coordinates.length > maxTableSize) return refuse("TooBig", "Too many table coordinates");
  const lost = coordinates.findIndex(isOffRoad);
  if (lost >= 0) return refuse("NoSegment", `Could not find a matching segment for coordinate ${lost}`);
  const chosen = (name: string) =>
    searchParams
      .get(name)
      ?.split(";")
      .map((index) => coordinates[Number(index)] ?? "") ?? coordinates;
  return tabulate(chosen("sources"), chosen("destinations"), { habits, pairs });
}

function tabulate(
  sources: LngLat[],
  destinations: LngLat[],
  { habits: { isCutOff = () => false, snapMeters = () => 1.5 }, pairs }: Pick<OsrmServer, "habits" | "pairs">,
): Answering {
  const cells = sources.map((from) =>
    destinations.map((to) => (isCutOff(from, to) ? undefined : roadTravel(from, to))),
  );
  for (const from of sources) {
    pairs.push(...destinations.filter((to) => to !== from).map((to) => `${from} > ${to}`));
  }
  const waypoint = (place: LngLat) => ({
    name: "",
    location: place.split(",").map(Number),
    distance: snapMeters(place),
  });
  return json(200, {
    code: "Ok",
    durations: cells.map((row) => row.map((cell) => cell?.seconds ?? null)),
    distances: cells.map((row) => row.map((cell) => cell?.meters ?? null)),
    sources: sources.map(waypoint),
    destinations: destinations.map(waypoint),
  });
}

function refuse(code: string, message: string): Answering {
  return json(400, { code, message });
}
