import { parseDecimal, rescale } from "../../domain/decimal.ts";
import type { PlanOptions } from "../../domain/plan.ts";
import type { Vehicle } from "../../domain/vehicle.ts";

/**
 * The search's unit of money: so small that a fen for a kilometer is a whole number for a meter (18), and a fen for an
 * hour one for a second (5). 2^53 of them are five billion yuan.
 */
export const unitsPerYuan = 1_800_000;

const unitsPerFen = unitsPerYuan / 100;
const metersPerKilometer = 1000;
const secondsPerHour = 3600;

/** Units of an amount in yuan with at most two places. */
export function unitsOf(yuan: string): number {
  const amount = parseDecimal(yuan);
  return amount ? Number(rescale(amount, 2)) * unitsPerFen : 0;
}

/** Units a meter of an amount for a kilometer. */
export function unitsPerMeter(yuan: string): number {
  return unitsOf(yuan) / metersPerKilometer;
}

/** Units a second of an amount for an hour. */
export function unitsPerSecond(yuan: string): number {
  return unitsOf(yuan) / secondsPerHour;
}

/** Yuan, for sentences: "1234.50". */
export function yuanText(units: number): string {
  return (units / unitsPerYuan).toFixed(2);
}

/** Whether a plan's costs are money; else they are meters, and a vehicle costs more than any detour. */
export function countsMoney({ objective }: PlanOptions, vehicles: readonly Vehicle[]): boolean {
  return objective === "lowest_cost" || vehicles.some(hasCosts);
}

/** Whether anything is said of what the vehicle costs. */
export function hasCosts({ fixedYuan, yuanPerKilometer, yuanPerHour }: Vehicle): boolean {
  return [fixedYuan, yuanPerKilometer, yuanPerHour].some((cost) => cost !== undefined);
}
