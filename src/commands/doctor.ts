import { createApp } from "../app.ts";
import { type Config, readConfig, vendorVariables } from "../config.ts";
import { Failure } from "../domain/failure.ts";
import { readEnvironment } from "../environment.ts";
import type { VendorCheck } from "../providers/provider.ts";
import { parseOptions } from "./parse-options.ts";

export const help = `waybill doctor: checks that what is configured works

Usage: waybill doctor [--json]

For each configured vendor: address, credentials (by a harmless read) and clock skew; then the state store.
Exit code 1 if one of them fails. A vendor without configuration is told and is no failure.
`;

/** One row of the table; `status` is "ok", "warn", "fail" or "off". */
type Finding = { part: string; status: "ok" | "warn" | "fail" | "off"; detail: string };

/** Signatures with timestamps start to be refused around here. */
const tolerableSkewSeconds = 30;

/** Checks everything at once and prints a table. */
export async function run(args: string[]): Promise<number> {
  const { json } = parseOptions(args, { json: { type: "boolean", default: false } });
  const config = readConfig(readEnvironment());
  const app = createApp(config);
  const findings = await Promise.all([
    checkVendor("fleet", config, async () => (await app.fleet()).check()),
    checkVendor("routemate", config, async () => (await app.routemate()).check()),
    finding("state", async () => {
      await (await app.store()).check();
      return { status: "ok", detail: config.statePath };
    }),
  ]);
  await app.close();
  process.stdout.write(json ? `${JSON.stringify({ findings }, null, 2)}\n` : findings.map(toRow).join(""));
  return findings.some(({ status }) => status === "fail") ? 1 : 0;
}

type ConfiguredVendor = keyof typeof vendorVariables;

function checkVendor(
  vendor: ConfiguredVendor,
  config: Config,
  check: () => Promise<VendorCheck>,
): Promise<Finding> {
  return finding(vendor, async () => {
    const settings = config[vendor];
    if (!settings) return { status: "off", detail: `not configured: ${vendorVariables[vendor].join(", ")}` };
    const { latencyMilliseconds, clockSkewSeconds } = await check();
    const skew =
      clockSkewSeconds === null ? "its clock is not told" : `its clock differs by ${clockSkewSeconds} s`;
    const isSkewed = Math.abs(clockSkewSeconds ?? 0) > tolerableSkewSeconds;
    return {
      status: isSkewed ? "warn" : "ok",
      detail: `${settings.baseUrl} answered in ${Math.round(latencyMilliseconds)} ms, credentials are good, ${skew}`,
    };
  });
}

async function finding(part: string, check: () => Promise<Omit<Finding, "part">>): Promise<Finding> {
  try {
    return { part, ...(await check()) };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { part, status: "fail", detail: `${thrown.message} ${thrown.details.hint ?? ""}`.trim() };
  }
}

function toRow({ part, status, detail }: Finding): string {
  return `${part.padEnd(12)}${status.padEnd(6)}${detail}\n`;
}
