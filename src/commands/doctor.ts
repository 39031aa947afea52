import { type App, createApp } from "../app.ts";
import { type Config, readConfig } from "../config/config.ts";
import { vendorVariables } from "../config/vendor-settings.ts";
import { eventKinds } from "../domain/event.ts";
import { Failure, type VendorName, vendorNames } from "../domain/failure.ts";
import { readEnvironment } from "../environment.ts";
import type { VendorCheck } from "../providers/provider.ts";
import { parseOptions } from "./parse-options.ts";

/** What `waybill doctor --help` prints. */
export const help = `waybill doctor: checks that what is configured works

Usage: waybill doctor [--json]

For each configured vendor: address, credentials (by a harmless read), clock skew, and for Yunji and Transmit
how the deployment signs; then the source of travel times, the callbacks and the state store.
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
    ...vendorNames.map((vendor) => checkVendor(vendor, config, async () => (await app[vendor]()).check())),
    finding("matrix", () => checkMatrix(config, app)),
    finding("callbacks", async () => describeCallbacks(config)),
    finding("state", () => checkState(config, app)),
  ]);
  await app.close();
  process.stdout.write(json ? `${JSON.stringify({ findings }, null, 2)}\n` : findings.map(toRow).join(""));
  return findings.some(({ status }) => status === "fail") ? 1 : 0;
}

function checkVendor(
  vendor: VendorName,
  config: Config,
  check: () => Promise<VendorCheck>,
): Promise<Finding> {
  return finding(vendor, async () => {
    const settings = config[vendor];
    if (!settings) return { status: "off", detail: `not configured: ${vendorVariables[vendor].join(", ")}` };
    const { latencyMilliseconds, clockSkewSeconds, notes = [] } = await check();
    const skew =
      clockSkewSeconds === null ? "its clock is not told" : `its clock differs by ${clockSkewSeconds} s`;
    const isSkewed = Math.abs(clockSkewSeconds ?? 0) > tolerableSkewSeconds;
    const latency = Math.round(latencyMilliseconds);
    const base = `${settings.baseUrl} answered in ${latency} ms, credentials are good, ${skew}`;
    return { status: isSkewed ? "warn" : "ok", detail: [base, ...notes].join("; ") };
  });
}

/** The state store, and what of it somebody has to look at. */
async function checkState({ statePath, recordsPersonal }: Config, app: App): Promise<Omit<Finding, "part">> {
  const store = await app.store();
  await store.check();
  const [unknown, drivers] = await Promise.all([store.writes.countUnknown(), store.drivers.list()]);
  const detail = [
    `${statePath} is of version ${store.version}`,
    unknown === 0
      ? "no write is of unknown effect"
      : `${unknown} ${unknown === 1 ? "write is" : "writes are"} of unknown effect: list_writes with state unknown shows them`,
    `drivers of ${drivers.length} plates`,
    `the record is ${recordsPersonal ? "with" : "without"} personal data`,
  ].join("; ");
  return { status: unknown === 0 ? "ok" : "warn", detail };
}

/** The source of travel times; asked around the depot, which its map must hold. */
async function checkMatrix({ matrix, depot }: Config, app: App): Promise<Omit<Finding, "part">> {
  const service = await app.travel();
  if (!matrix || !service) {
    return {
      status: "off",
      detail: "not configured: WAYBILL_MATRIX_URL; travel is estimated by great circle",
    };
  }
  if (!depot) {
    return {
      status: "warn",
      detail: `${matrix.baseUrl} was not asked: set WAYBILL_DEPOT for a place on its map`,
    };
  }
  const { latencyMilliseconds, notes = [] } = await service.check(depot);
  const base = `${matrix.baseUrl} answered in ${Math.round(latencyMilliseconds)} ms`;
  return { status: "ok", detail: [base, ...notes].join("; ") };
}

/** Yunji pushes to ports 80 and 8080 only (yunji.txt, 消息推送), which are seldom the one served here. */
function describeCallbacks({ yunji, webhookSecret }: Config): Omit<Finding, "part"> {
  if (!yunji) return { status: "off", detail: "no vendor that calls back is configured" };
  const ports = "Yunji calls ports 80 and 8080 only, so put a proxy there or serve with --http --port 8080";
  if (webhookSecret === undefined)
    return { status: "off", detail: `WAYBILL_WEBHOOK_SECRET is not set, so none is taken; ${ports}` };
  const address = "/webhooks/yunji/{kind}/{WAYBILL_WEBHOOK_SECRET}";
  return { status: "ok", detail: `in HTTP mode at ${address} for ${eventKinds.yunji.join(", ")}; ${ports}` };
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
