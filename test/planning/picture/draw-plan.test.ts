import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Plan, PlanRoute } from "../../../src/domain/plan.ts";
import { rasterize } from "../../../src/drawing/rasterize.ts";
import { drawPlan } from "../../../src/planning/picture/draw-plan.ts";
import { samplePlan } from "../../support/sample-plan.ts";
import { readTexts, spellingTypeface } from "../../support/spelling-typeface.ts";

const draw = (plan: Plan, locale: "zh-CN" | "en" = "en") =>
  drawPlan(plan, { typeface: spellingTypeface, locale });

/** The routes of a plan, each changed; the plan itself stays as it is. */
function withRoutes(plan: Plan, change: (route: PlanRoute, index: number) => PlanRoute): Plan {
  return { ...plan, routes: plan.routes.map(change) };
}

function stopTitles(svg: string): string[] {
  return [...svg.matchAll(/class="stop"[^>]*><title>(.*?)<\/title>/g)].map(([, title = ""]) => title);
}

function circles(svg: string): { x: number; y: number; radius: number }[] {
  return [...svg.matchAll(/<circle class="stop" cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/g)].map(
    ([, x, y, r]) => ({
      x: Number(x),
      y: Number(y),
      radius: Number(r),
    }),
  );
}

/** Only the whole parser tells whether it is XML; the references inside are checked by hand. */
async function expectSoundSvg(svg: string): Promise<void> {
  await rasterize(svg, { width: 60 });
  const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const references = [...svg.matchAll(/(?:href="#|url\(#)([\w-]+)/g)].map(([, id]) => id);
  expect(references.filter((id) => !ids.includes(id))).toEqual([]);
  expect(svg.replace(/<(title|desc)[\s\S]*?<\/\1>/g, "")).not.toMatch(/NaN|undefined|Infinity|null/);
}

describe("the map", () => {
  test("every stop is drawn once, under its vehicle, number, customer and arrival", () => {
    const plan = samplePlan({ vehicles: 4, stopsPerVehicle: 8 });
    const titles = stopTitles(draw(plan));
    expect(titles).toHaveLength(32);
    expect(new Set(titles).size).toBe(32);
    expect(titles[0]).toBe("粤A·8K216 · 1 · 海珠广源布行 · 新港西路 0 号 · 08:25");
  });

  test("no marker covers another, even with every stop at one point", () => {
    const plan = withRoutes(samplePlan({ vehicles: 3, stopsPerVehicle: 20 }), (route) => ({
      ...route,
      stops: route.stops.map((stop) => ({ ...stop, lat: 23.1, lng: 113.3 })),
    }));
    const markers = circles(draw(plan));
    expect(markers).toHaveLength(60);
    const overlapping = markers.flatMap((a, index) =>
      markers.slice(index + 1).filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius),
    );
    expect(overlapping).toEqual([]);
  });

  test("a stop without a position is on no map but is named below it", () => {
    const plan = withRoutes(samplePlan({ vehicles: 1, stopsPerVehicle: 3 }), (route) => ({
      ...route,
      stops: route.stops.map((stop, index) => (index === 2 ? { ...stop, lat: null, lng: null } : stop)),
    }));
    const svg = draw(plan);
    expect(stopTitles(svg)).toHaveLength(2);
    expect(readTexts(svg).join(" ")).toContain(
      "1 stop without a position, not on the map: 粤A·8K216 stop 3 番禺恒盛制衣厂",
    );
  });

  test("the way back is dashed, and missing where vehicles do not return", () => {
    const plan = samplePlan({ vehicles: 2, stopsPerVehicle: 4 });
    expect(draw(plan)).toContain("stroke-dasharray");
    expect(draw({ ...plan, options: { ...plan.options, returnToDepot: false } })).not.toContain(
      "stroke-dasharray",
    );
  });

  test("the scale bar is as long as the distance it names, north-south and east-west", () => {
    const north = { lat: 23 + 10_000 / 111_195.08, lng: 113 };
    const east = { lat: 23, lng: 113 + 10_000 / (111_195.08 * Math.cos((23 * Math.PI) / 180)) };
    for (const [position, pixels] of [
      [north, (stop: { x: number; y: number }, depot: { x: number; y: number }) => depot.y - stop.y],
      [east, (stop: { x: number; y: number }, depot: { x: number; y: number }) => stop.x - depot.x],
    ] as const) {
      const base = samplePlan({ vehicles: 1, stopsPerVehicle: 1 });
      const plan = withRoutes(
        { ...base, options: { ...base.options, depot: { lat: 23, lng: 113 } } },
        (route) => ({ ...route, stops: route.stops.map((stop) => ({ ...stop, ...position })) }),
      );
      const svg = draw(plan);
      const [, meters, start, end] =
        svg.match(/class="scale-bar" data-meters="(\d+)"><path d="M([\d.]+) [\d.]+V[\d.]+H([\d.]+)V/) ?? [];
      const [, x, y] =
        svg.match(/class="depot"><title>[^<]*<\/title><circle cx="([\d.]+)" cy="([\d.]+)"/) ?? [];
      const [stop] = circles(svg);
      const pixelsPerMeter = pixels(stop ?? { x: 0, y: 0 }, { x: Number(x), y: Number(y) }) / 10_000;
      const barPixels = Number(end) - Number(start);
      expect(barPixels / (Number(meters) * pixelsPerMeter)).toBeCloseTo(1, 2);
      expect([1, 2, 5]).toContain(Number(meters) / 10 ** Math.floor(Math.log10(Number(meters))));
    }
  });
});

describe("the legend", () => {
  test("names each vehicle with stops, way, time and loads in the language asked for", () => {
    const plan = samplePlan({ vehicles: 2, stopsPerVehicle: 8 });
    const [route] = plan.routes;
    const english = readTexts(draw(plan, "en"));
    const chinese = readTexts(draw(plan, "zh-CN"));
    const kilometers = ((route?.distanceMeters ?? 0) / 1000).toFixed(1);
    expect(english).toContain("粤A·8K216");
    expect(english.join("|")).toMatch(new RegExp(`\\|8 stops · ${kilometers} km · \\d h \\d+ min\\|`));
    expect(chinese.join("|")).toMatch(new RegExp(`\\|8 站 · ${kilometers} 公里 · \\d 小时 \\d+ 分\\|`));
    expect(chinese).toContain(`${route?.finishAt.slice(11, 16)} 完成`);
    expect(english).toContain(`${route?.loads[0]?.quantity} / 500`);
  });

  test("every vehicle up to thirty has a look of its own on the map", () => {
    const svg = draw(samplePlan({ vehicles: 30, stopsPerVehicle: 2 }));
    const colors = [...svg.matchAll(/class="stops" fill="(#[0-9a-f]{6})"/g)].map(([, color]) => color);
    expect(new Set(colors).size).toBe(30);
  });

  test("materials that together are more than one vehicle are marked and named", () => {
    const plan = withRoutes(samplePlan({ vehicles: 2, stopsPerVehicle: 3 }), (route, index) => ({
      ...route,
      loads: [
        { material: "坯布", quantity: "450", capacity: 500, fill: 0.9 },
        { material: "色布", quantity: "160", capacity: 320, fill: index === 0 ? 0.5 : 0.1 },
      ],
    }));
    const texts = readTexts(draw(plan));
    expect(texts).toContain("140%");
    expect(texts).toContain("100%");
    expect(texts.join(" ")).toContain("1 vehicle above 100% over all materials");
    expect(texts.join(" ")).not.toContain("2 vehicles above");
  });

  test("unassigned shipments are counted by reason and named", () => {
    const plan: Plan = {
      ...samplePlan({ vehicles: 1, stopsPerVehicle: 2 }),
      unassigned: [
        { shipmentId: 60001, reason: "larger_than_any_vehicle", message: "" },
        { shipmentId: "9007199254740993", reason: "fleet_full", message: "" },
      ],
    };
    expect(readTexts(draw(plan, "zh-CN"))).toContain(
      "未安排 2 单：超过任何一辆车 (60001)，车队已装满 (9007199254740993)",
    );
  });

  test("more vehicles than have cards are counted", () => {
    expect(readTexts(draw(samplePlan({ vehicles: 40, stopsPerVehicle: 1 })))).toContain(
      "The loads of 4 more vehicles are not drawn",
    );
  });
});

describe("hostile and odd input", () => {
  test("names cannot break out of the markup", async () => {
    const name = '</title><script>alert("x")</script>&amp;\u0000\u0007\ud800\u202e\uffff';
    const base = samplePlan({ vehicles: 1, stopsPerVehicle: 3 });
    const plan = withRoutes({ ...base, planId: name, area: name }, (route) => ({
      ...route,
      licensePlate: name,
      loads: route.loads.map((load) => ({ ...load, material: name })),
      stops: route.stops.map((stop, index) => ({
        ...stop,
        customerName: name,
        address: name,
        ...(index === 2 ? { lat: null, lng: null } : {}),
      })),
    }));
    const svg = draw(plan);
    expect(svg).not.toContain("<script");
    expect(stopTitles(svg)[0]).toContain("&#60;script&#62;");
    await expectSoundSvg(svg);
  });

  test("a character that the font lacks is drawn as a box", () => {
    const plan = { ...samplePlan({ vehicles: 1, stopsPerVehicle: 1 }), area: "🐉" };
    const svg = drawPlan(plan, {
      locale: "en",
      typeface: {
        glyph: (character) => (character === "🐉" ? undefined : { path: "M0 0h9v9z", advance: 500 }),
      },
    });
    expect(svg.match(/H910/g)).toHaveLength(1);
  });

  test("a plan without routes is a map of the depot", async () => {
    const svg = draw(samplePlan({ vehicles: 0, stopsPerVehicle: 0 }));
    expect(readTexts(svg)).toContain("No routes");
    expect(svg).toContain('class="depot"');
    await expectSoundSvg(svg);
  });

  test("a thousand stops are all there", async () => {
    const svg = draw(samplePlan({ vehicles: 20, stopsPerVehicle: 50 }));
    expect(new Set(stopTitles(svg)).size).toBe(1000);
    await expectSoundSvg(svg);
  });

  test("any plan within the ranges of its fields gives a sound picture with each stop once", async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, fc.constantFrom("en" as const, "zh-CN" as const), async (plan, locale) => {
        const svg = draw(plan, locale);
        const located = plan.routes.flatMap(({ stops }) => stops.filter(({ lat }) => lat !== null));
        expect(stopTitles(svg)).toHaveLength(located.length);
        await expectSoundSvg(svg);
      }),
      { numRuns: 60 },
    );
  });
});

test("what is drawn can also be heard: title and description say it in words", () => {
  const svg = draw(samplePlan({ vehicles: 2, stopsPerVehicle: 8 }), "zh-CN");
  const [, title] = svg.match(/<title id="plan-title">(.*?)<\/title>/) ?? [];
  const [, description = ""] = svg.match(/<desc id="plan-description">([\s\S]*?)<\/desc>/) ?? [];
  expect(title).toBe("广州 配送计划 · 2026-11-23");
  expect(description).toContain("plan_7f3kq9d2 · 第 2 版");
  expect(description).toMatch(/粤A·8K216：8 站，[\d.]+ 公里，.*坯布 \d+ \/ 500/);
  expect(svg).toContain('aria-labelledby="plan-title plan-description"');
});

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("", "坯布", "<&>", "🐉\u200d🔥"),
);
const place = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});
const nowhere = fc.constant({ lat: null, lng: null });
const stops = fc.array(
  fc.record({
    place: fc.oneof({ weight: 5, arbitrary: place }, nowhere),
    name: fc.option(text),
    id: fc.oneof(fc.nat(), text),
  }),
  { maxLength: 25 },
);
const load = fc.record({
  material: text,
  quantity: fc.nat().map(String),
  capacity: fc.nat(),
  fill: fc.double({ min: 0, max: 5 }),
});
const anyPlan: fc.Arbitrary<Plan> = fc
  .record({
    routes: fc.array(fc.record({ plate: text, stops, loads: fc.array(load, { maxLength: 6 }) }), {
      maxLength: 12,
    }),
    depot: place,
    area: fc.option(text),
    returnToDepot: fc.boolean(),
    meters: fc.nat(),
    seconds: fc.nat(),
  })
  .map(({ routes, depot, area, returnToDepot, meters, seconds }) => {
    const base = samplePlan({ vehicles: 1, stopsPerVehicle: 1 });
    const planned = routes.map(({ plate, stops, loads }) => ({
      licensePlate: plate,
      loads,
      distanceMeters: meters,
      durationSeconds: seconds,
      departAt: base.options.startAt,
      finishAt: base.options.startAt,
      stops: stops.map(({ place, name, id }, index) => ({
        sequence: index + 1,
        loadPosition: stops.length - index,
        shipmentIds: [id],
        customerName: name,
        address: name,
        ...place,
        arriveAt: base.options.startAt,
        distanceMeters: meters,
        items: [],
      })),
    }));
    return { ...base, area, routes: planned, options: { ...base.options, depot, returnToDepot } };
  });
