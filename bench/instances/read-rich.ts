import { z } from "zod";
import type { Instance } from "./instance.ts";

const window = z.tuple([z.number(), z.number()]);
const richSchema = z.object({
  materials: z.int(),
  depot: z.object({ x: z.number(), y: z.number() }),
  types: z.array(
    z.object({
      cap: z.array(z.number()),
      fixed: z.number(),
      unit: z.number(),
      count: z.int(),
      shift: window,
    }),
  ),
  stops: z.array(
    z.object({
      x: z.number(),
      y: z.number(),
      q: z.array(z.number()),
      service: z.number(),
      tw: window.nullable(),
    }),
  ),
});

/** Our own format: loads by material, vehicle types with fixed and distance costs, windows on some stops. */
export function readRich(text: string, name: string): Instance {
  const { depot, types, stops } = richSchema.parse(JSON.parse(text));
  return {
    name,
    kind: "rich",
    rounding: "nearest",
    places: [depot, ...stops.map(({ x, y }) => ({ x, y }))],
    stops: stops.map(({ q, service, tw }, index) => ({
      place: index + 1,
      demand: q,
      service,
      ...(tw ? { window: tw } : {}),
    })),
    fleet: types.map(({ cap, fixed, unit, count, shift }) => ({
      count,
      depot: 0,
      capacity: cap,
      fixedCost: fixed,
      costPerDistance: unit,
      shift,
    })),
    costDivisor: 1,
  };
}
