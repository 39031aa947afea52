import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Coordinates } from "../../../src/domain/place.ts";
import type { KnownTravel, TravelQuery } from "../../../src/domain/travel.ts";
import {
  createMatrix,
  type MatrixClient,
  type MatrixLimits,
  usualMatrixLimits,
} from "../../../src/providers/matrix/client.ts";
import type { HttpLimits } from "../../../src/providers/provider.ts";
import { failureOf } from "../../support/failures.ts";
import { type OsrmServer, roadTravel, startOsrm } from "../../support/osrm-server.ts";
import { createTestHttp } from "../../support/test-http.ts";
import { html, inTurn, json, reset, silence } from "../../support/vendor-server.ts";

let osrm: OsrmServer;
const open: MatrixClient[] = [];
beforeEach(async () => {
  osrm = await startOsrm();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
  await osrm.close();
});

/** A client of the test's service, its log beside it. */
function openMatrix(limits: Partial<MatrixLimits> = {}, http: Partial<HttpLimits> = {}) {
  const lent = createTestHttp({ retries: 1, ...http });
  const client = createMatrix({ baseUrl: `${osrm.url}/table/v1/driving` }, lent, {
    ...usualMatrixLimits,
    rememberedPlaces: 100,
    ...limits,
  });
  open.push(client);
  return { client, events: lent.events };
}

/** Places on a grid of about a kilometer, none of them twice. */
const placesOnGrid = (count: number): Coordinates[] =>
  Array.from({ length: count }, (_, index) => ({
    lat: 23.1 + Math.floor(index / 9) / 100,
    lng: 113.2 + (index % 9) / 100,
  }));

const textOf = ({ lat, lng }: Coordinates) => `${lng.toFixed(5)},${lat.toFixed(5)}`;

/** What the roads of the test's service say, whole seconds and meters; -1 where a place has none. */
function byRoad(positions: readonly Coordinates[], isUnknown = (_from: string, _to: string) => false) {
  const cells = positions.flatMap((from) =>
    positions.map((to) =>
      isUnknown(textOf(from), textOf(to))
        ? { seconds: -1, meters: -1 }
        : roadTravel(textOf(from), textOf(to)),
    ),
  );
  return {
    seconds: cells.map(({ seconds }) => Math.round(seconds)),
    meters: cells.map(({ meters }) => Math.round(meters)),
  };
}

/** Unknown cells alike: which negative number stands for them is the source's own affair. */
const told = ({ durationSeconds, distanceMeters }: KnownTravel) => ({
  seconds: [...durationSeconds].map((seconds) => Math.max(-1, seconds)),
  meters: [...distanceMeters].map((meters) => Math.max(-1, meters)),
});

const ask = (client: MatrixClient, positions: readonly Coordinates[], more: Partial<TravelQuery> = {}) =>
  client.travelBetween({ positions, ...more });

describe("a table of travel", () => {
  test("is asked for as OSRM's document has it, with nothing but coordinates", async () => {
    const { client, events } = openMatrix({ mostCoordinates: 2 });
    await ask(client, [
      { lat: 23.1291, lng: 113.2644, address: "广州市天河区" },
      { lat: -1, lng: 0.000004 },
      { lat: 23.2, lng: 113.3 },
    ] as Coordinates[]);
    const common = "annotations=duration%2Cdistance&generate_hints=false";
    expect(new Set(osrm.requests.map(({ method, url }) => `${method} ${url}`))).toEqual(
      new Set([
        `GET /table/v1/driving/0.00000,-1.00000;113.30000,23.20000?${common}&sources=0&destinations=1`,
        `GET /table/v1/driving/113.26440,23.12910;0.00000,-1.00000?${common}`,
        `GET /table/v1/driving/113.26440,23.12910;113.30000,23.20000?${common}&sources=0&destinations=1`,
        `GET /table/v1/driving/113.30000,23.20000;0.00000,-1.00000?${common}&sources=0&destinations=1`,
        `GET /table/v1/driving/113.30000,23.20000;113.26440,23.12910?${common}&sources=0&destinations=1`,
      ]),
    );
    expect(osrm.requests).toHaveLength(5);
    expect(osrm.requests.every(({ body }) => body === "")).toBe(true);
    expect(new Set(events.map(({ path }) => path))).toEqual(new Set(["/{2 coordinates}"]));
  });

  test("has whole seconds and meters, the way back apart from the way there", async () => {
    const positions = placesOnGrid(30);
    const travel = await ask(openMatrix().client, positions);
    expect(travel).toMatchObject({ size: 30, gaps: [] });
    expect(told(travel)).toEqual(byRoad(positions));
    expect(travel.durationSeconds[1]).not.toBe(travel.durationSeconds[30]);
    expect(osrm.requests).toHaveLength(1);
  });

  test("is put together of blocks, every pair asked for exactly once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 2, max: 12 }),
        async (count, most) => {
          osrm.pairs.length = 0;
          osrm.requests.length = 0;
          const positions = placesOnGrid(count);
          const travel = await ask(openMatrix({ mostCoordinates: most }).client, positions);
          expect(told(travel)).toEqual(byRoad(positions));
          expect(new Set(osrm.pairs).size).toBe(count * (count - 1));
          expect(osrm.pairs).toHaveLength(count * (count - 1));
          const sizes = osrm.requests.map(({ url }) => url.split("?")[0]?.split(";").length ?? 0);
          expect(Math.max(...sizes)).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 15 },
    );
  });

  test("asks as many requests at a time as it may, and no more", async () => {
    const waiting: (() => void)[] = [];
    let [atOnce, most, received] = [0, 0, 0];
    osrm.answer(async (request, response) => {
      most = Math.max(most, ++atOnce);
      // The first three wait for each other: a client that asks one by one would never be answered.
      if (++received <= 3) await new Promise<void>((resolve) => waiting.push(resolve));
      else await new Promise((resolve) => setTimeout(resolve, 2));
      atOnce--;
      return json(400, { code: "NoTable" })(request, response);
    });
    const travel = ask(openMatrix({ mostCoordinates: 6, requests: 3 }).client, placesOnGrid(30));
    while (waiting.length < 3) await new Promise((resolve) => setTimeout(resolve, 2));
    for (const answerNow of waiting) answerNow();
    await travel;
    expect(most).toBe(3);
  });

  test("takes positions that are a step apart for one place, with no way between them", async () => {
    const [here, there] = placesOnGrid(2) as [Coordinates, Coordinates];
    const travel = await ask(openMatrix().client, [here, there, { ...here, lat: here.lat + 0.000001 }]);
    const [forth, back] = byRoad([here, there]).seconds.filter((seconds) => seconds > 0);
    expect([...travel.durationSeconds]).toEqual([0, forth, 0, back, 0, back, 0, forth, 0]);
    expect(osrm.pairs).toHaveLength(2);
  });

  test("tells how far it is, from 0 to 1 and never backwards", async () => {
    const seen: number[] = [];
    const { client } = openMatrix({ mostCoordinates: 4 });
    await ask(client, placesOnGrid(20), { onProgress: (fraction) => seen.push(fraction) });
    expect(seen.length).toBeGreaterThan(10);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  test("needs no request for one place or none", async () => {
    const { client } = openMatrix();
    expect(await ask(client, [])).toMatchObject({ size: 0, gaps: [] });
    expect([...(await ask(client, placesOnGrid(1))).durationSeconds]).toEqual([0]);
    expect(osrm.requests).toEqual([]);
  });
});

describe("what was told once", () => {
  test("is not asked for again, and only what is new is", async () => {
    const positions = placesOnGrid(24);
    const { client } = openMatrix({ mostCoordinates: 8 });
    await ask(client, positions.slice(0, 20));
    osrm.pairs.length = 0;
    osrm.requests.length = 0;
    const travel = await ask(client, positions.toReversed());
    expect(told(travel)).toEqual(byRoad(positions.toReversed()));
    const isNew = new Set(positions.slice(20).map(textOf));
    const needed = osrm.pairs.filter((pair) => pair.split(" > ").some((place) => isNew.has(place)));
    expect(needed).toHaveLength(4 * 20 * 2 + 4 * 3);
    // What fills up the blocks of new places is little.
    expect(osrm.pairs.length).toBeLessThan(needed.length + 20);
    expect(told(await ask(client, positions))).toEqual(byRoad(positions));
    const asked = osrm.requests.length;
    await ask(client, positions);
    expect(osrm.requests).toHaveLength(asked);
  });

  test("is kept when the rest fails, and the next call goes on from there", async () => {
    const positions = placesOnGrid(12);
    const { client } = openMatrix({ mostCoordinates: 4, requests: 1 });
    let asked = 0;
    osrm.habits.isDown = () => asked++ >= 5;
    const half = await ask(client, positions);
    expect(half.gaps).toMatchObject([{ reason: expect.stringContaining("the OSRM service could not be") }]);
    expect(osrm.requests).toHaveLength(5 + 2);
    delete osrm.habits.isDown;
    expect(told(await ask(client, positions))).toEqual(byRoad(positions));
    expect(osrm.pairs).toHaveLength(12 * 11);
  });
});

describe("what the service does not know", () => {
  const positions = placesOnGrid(25);
  const island = textOf(positions[7]!);

  test("is left open where no road leads, with the number of drives", async () => {
    osrm.habits.isCutOff = (from, to) => from === island && to !== island;
    const travel = await ask(openMatrix({ mostCoordinates: 10 }).client, positions);
    expect(told(travel)).toEqual(byRoad(positions, (from, to) => from === island && to !== island));
    expect(travel.gaps).toEqual([{ drives: 24, reason: "the OSRM service's map has no road for them" }]);
  });

  const isOfIsland = (from: string, to: string) => from !== to && (from === island || to === island);

  test("is one place where one coordinate is off its roads, however many it spoils", async () => {
    osrm.habits.isOffRoad = (place) => place === island;
    const travel = await ask(openMatrix({ mostCoordinates: 10 }).client, positions);
    expect(told(travel)).toEqual(byRoad(positions, isOfIsland));
    expect(travel.gaps).toMatchObject([{ drives: 48 }]);
  });

  test("is a place that snaps to a road far away", async () => {
    osrm.habits.snapMeters = (place) => (place === island ? 7_000 : 40);
    const travel = await ask(openMatrix({ mostCoordinates: 10 }).client, positions);
    expect(told(travel)).toEqual(byRoad(positions, isOfIsland));
  });

  test("is everything on the wrong map, after a bounded search", async () => {
    osrm.habits.isOffRoad = () => true;
    const many = placesOnGrid(900);
    const { client } = openMatrix();
    const travel = await ask(client, many);
    expect(travel.gaps.reduce((sum, { drives }) => sum + drives, 0)).toBe(900 * 899);
    expect(travel.gaps.at(-1)?.reason).toBe("the OSRM service finds no road near one of the coordinates");
    expect(osrm.requests.length).toBeLessThan(500);
  });

  test("is what it answers NoTable for", async () => {
    osrm.answer(json(400, { code: "NoTable", message: "No table found" }));
    const travel = await ask(openMatrix().client, positions);
    expect(travel.gaps).toEqual([{ drives: 25 * 24, reason: "the OSRM service's map has no road for them" }]);
  });

  test("is a cell that no drive has", async () => {
    const cells = [[0, 5e9, 60, -1].slice(0, 2), [60, 0]];
    osrm.answer(
      json(200, {
        code: "Ok",
        durations: cells,
        distances: [
          [0, 9],
          [9, 0],
        ],
      }),
    );
    const travel = await ask(openMatrix().client, positions.slice(0, 2));
    expect(told(travel)).toEqual({ seconds: [0, -1, 60, 0], meters: [0, -1, 9, 0] });
  });
});

describe("a service that takes fewer coordinates", () => {
  test.each([2, 3, 7, 11])("is asked for %i at a time, and remembered to be", async (maxTableSize) => {
    osrm.habits.maxTableSize = maxTableSize;
    const positions = placesOnGrid(18);
    const { client } = openMatrix();
    expect(told(await ask(client, positions))).toEqual(byRoad(positions));
    expect(osrm.pairs).toHaveLength(18 * 17);
    osrm.requests.length = 0;
    osrm.pairs.length = 0;
    const others = positions.map(({ lat, lng }) => ({ lat: lat + 1, lng }));
    expect((await ask(client, others)).gaps).toEqual([]);
    const sizes = osrm.requests.map(({ url }) => url.split("?")[0]?.split(";").length ?? 0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(maxTableSize);
  });

  test("is given up when it takes none", async () => {
    osrm.answer(json(400, { code: "TooBig", message: "Too many table coordinates" }));
    const travel = await ask(openMatrix().client, placesOnGrid(20));
    expect(travel.gaps).toEqual([
      {
        drives: 380,
        reason: "the OSRM service takes fewer coordinates at a time than any block of them has",
      },
    ]);
  });

  test("is understood by a proxy's status too", async () => {
    osrm.answer((request, response) => {
      const isLong = request.url.length > 250;
      return (isLong ? html(414) : json(400, { code: "NoTable" }))(request, response);
    });
    const travel = await ask(openMatrix().client, placesOnGrid(20));
    expect(travel.gaps).toMatchObject([{ reason: "the OSRM service's map has no road for them" }]);
  });
});

describe("a service that fails", () => {
  const table = { code: "Ok", durations: [[0]], distances: [[0]] };
  test.each([
    ["hangs up", reset, "could not be reached (UND_ERR_SOCKET)"],
    ["is out of order", html(502), "is out of order at the moment (HTTP 502)"],
    ["is no OSRM service", json(404, {}), "there is no OSRM table service at WAYBILL_MATRIX_URL"],
    ["sends a page", html(200), "answer is no complete JSON"],
    ["sends another shape", json(200, { code: "Ok" }), "answer is not of the documented shape"],
    ["sends a smaller table", json(200, table), "table is not of the size that was asked for"],
    ["says another code", json(200, { code: "Sorry" }), "answers without a table"],
    ["is too old", json(400, { code: "InvalidQuery" }), "does not take a request for travel times"],
    ["wants a key", json(401, {}), "does not accept the configured credentials"],
  ])("and %s leaves every pair open, with one reason", async (_, answering, reason) => {
    osrm.answer(answering);
    const travel = await ask(openMatrix({ mostCoordinates: 4 }).client, placesOnGrid(9));
    expect(travel.gaps).toEqual([{ drives: 72, reason: expect.stringContaining(reason) }]);
    expect(travel.gaps[0]?.reason).not.toMatch(/^[A-Z]|\.$/);
    expect([...travel.durationSeconds].filter((seconds) => seconds >= 0)).toHaveLength(9);
    expect(osrm.requests.length).toBeLessThan(12);
  });

  test("for a moment is asked again", async () => {
    osrm.answer(
      inTurn(
        html(503),
        json(200, {
          ...table,
          durations: [
            [0, 5],
            [6, 0],
          ],
          distances: [
            [0, 7],
            [8, 0],
          ],
        }),
      ),
    );
    const travel = await ask(openMatrix().client, placesOnGrid(2));
    expect([...travel.durationSeconds]).toEqual([0, 5, 6, 0]);
  });

  test("to answer in time is done without: what it told in time stays", async () => {
    osrm.answer(silence);
    const { client } = openMatrix({ longestMilliseconds: 80 });
    const travel = await ask(client, placesOnGrid(9));
    expect(travel.gaps).toEqual([
      {
        drives: 72,
        reason: "the OSRM service did not tell it within 0.08 seconds; the same call goes on from there",
      },
    ]);
  });

  test("is not asked about more places than is reasonable", async () => {
    const travel = await ask(openMatrix({ mostPlaces: 20 }).client, placesOnGrid(21));
    expect(travel.gaps).toEqual([
      { drives: 21 * 20, reason: "the OSRM service is asked for 20 places at most" },
    ]);
    expect(osrm.requests).toEqual([]);
  });
});

describe("a caller who gives up", () => {
  test("is answered at once, and no further request is sent", async () => {
    osrm.answer(silence);
    const { client } = openMatrix({ mostCoordinates: 4 });
    const giveUp = new AbortController();
    const travel = failureOf(ask(client, placesOnGrid(30), { signal: giveUp.signal }));
    while (osrm.requests.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    giveUp.abort();
    expect((await travel).code).toBe("cancelled");
    expect(osrm.requests).toHaveLength(4);
  });

  test("beforehand is not served", async () => {
    const { client } = openMatrix();
    const failure = await failureOf(ask(client, placesOnGrid(3), { signal: AbortSignal.abort() }));
    expect([failure.code, osrm.requests]).toEqual(["cancelled", []]);
  });
});

describe("the check", () => {
  test.each([23.1, 0, -33.9])("asks for travel between two neighbours at latitude %d", async (lat) => {
    const { vendor, latencyMilliseconds } = await openMatrix().client.check({ lat, lng: 113.2 });
    expect(vendor).toBe("matrix");
    expect(latencyMilliseconds).toBeGreaterThanOrEqual(0);
    expect(osrm.pairs).toHaveLength(1);
  });

  test("fails with the service", async () => {
    osrm.answer(json(404, {}));
    const failure = await failureOf(openMatrix().client.check({ lat: 23, lng: 113 }));
    expect(failure).toMatchObject({ code: "not_found", details: { vendor: "matrix" } });
  });
});
