import { readConfig } from "../../config/config.ts";
import type { Coordinates } from "../../domain/place.ts";
import type { KnownTravel } from "../../domain/travel.ts";
import { readEnvironment } from "../../environment.ts";
import { roadFactor } from "../../planning/great-circle.ts";
import { averageKilometersPerHour } from "../../planning/travel.ts";

const estimate = `great-circle distances times ${roadFactor} at ${averageKilometersPerHour} km/h`;

/** Travel between positions as far as a service knows it, and one line that says where it comes from. */
export type RoadTravel = { known: KnownTravel | undefined; source: string };

/** Asks the OSRM service of WAYBILL_MATRIX_URL; without one, or for what it does not know, there are estimates. */
export async function readRoadTravel(
  positions: readonly Coordinates[],
  watch: { signal: AbortSignal; onProgress: (fraction: number) => void },
): Promise<RoadTravel> {
  const config = readConfig(readEnvironment());
  if (!config.matrix) {
    return { known: undefined, source: `travel is estimated: ${estimate} (WAYBILL_MATRIX_URL is not set)` };
  }
  const { createApp } = await import("../../app.ts");
  const app = createApp(config);
  try {
    const service = await app.travel();
    const known = await service?.travelBetween({ positions, ...watch });
    return { known, source: describe(known, config.matrix.baseUrl) };
  } finally {
    await app.close();
  }
}

function describe(known: KnownTravel | undefined, baseUrl: string): string {
  const origin = new URL(baseUrl).origin;
  if (!known || known.gaps.length === 0) return `travel comes from the OSRM service at ${origin}`;
  const gaps = known.gaps.map(({ drives, reason }) => `${drives} drives, because ${reason}`).join("; ");
  return `travel comes from the OSRM service at ${origin}, but estimates (${estimate}) stand for ${gaps}`;
}
