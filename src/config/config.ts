import { homedir } from "node:os";
import { join } from "node:path";
import type { Place } from "../domain/place.ts";
import { type ToolsetName, toolsetNames } from "../domain/toolset.ts";
import { type Environment, list, malformed, oneOf, readHeaderValue, readUrl, text } from "./variables.ts";
import { readVendorSettings, type VendorSettings, vendorSecrets } from "./vendor-settings.ts";

/** Everything that the environment decides. A vendor without credentials is absent. */
export type Config = VendorSettings & {
  /** Areas offered when a client completes an `area` argument. */
  areas: string[];
  depot?: Place;
  /** Where travel times come from: an OSRM service's tables of one profile. Estimates when left out. */
  matrix?: { baseUrl: string };
  /** A SQLite file or ":memory:". */
  statePath: string;
  /** `default`: the toolsets of configured vendors. */
  toolsets: "default" | readonly ToolsetName[];
  isReadOnly: boolean;
  locale: "zh-CN" | "en";
  /** How tools of access "destroy" are confirmed. */
  confirm: "ask" | "token" | "off";
  /** Ends the address that vendors call back; without it no callback is taken. */
  webhookSecret?: string;
  /** How often vendors that tell nothing by themselves are asked what has happened; 0 stops every feed. */
  pollSeconds: number;
  /** Whether the record of writes keeps names, phones, addresses and remarks of customers. */
  recordsPersonal: boolean;
  logLevel: LogLevel;
};

const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Reads the environment; throws `invalid_input` with one line that names the variable and what it takes. */
export function readConfig(environment: Environment): Config {
  const depot = readDepot(environment);
  const matrix = readMatrix(environment);
  const webhookSecret = readWebhookSecret(environment);
  return {
    ...readVendorSettings(environment),
    ...(depot && { depot }),
    ...(matrix && { matrix }),
    ...(webhookSecret !== undefined && { webhookSecret }),
    areas: list(text(environment, "FLEET_AREAS") ?? ""),
    statePath: readStatePath(environment),
    toolsets: readToolsets(environment),
    isReadOnly: oneOf(environment, "WAYBILL_READ_ONLY", ["0", "1"], "0") === "1",
    locale: oneOf(environment, "WAYBILL_LOCALE", ["zh-CN", "en"], "en"),
    confirm: oneOf(environment, "WAYBILL_CONFIRM", ["ask", "token", "off"], "token"),
    pollSeconds: readPollSeconds(environment),
    recordsPersonal: oneOf(environment, "WAYBILL_RECORD_PERSONAL", ["0", "1"], "0") === "1",
    logLevel: oneOf(environment, "WAYBILL_LOG_LEVEL", logLevels, "info"),
  };
}

/** The configured values that must never be seen outside the process. */
export function secretsOf(config: Config): string[] {
  return [...vendorSecrets(config), ...(config.webhookSecret === undefined ? [] : [config.webhookSecret])];
}

/** Stands in an address, so it needs no encoding there, and is long enough not to be guessed. */
function readWebhookSecret(environment: Environment): string | undefined {
  if (text(environment, "WAYBILL_WEBHOOK_SECRET") === undefined) return undefined;
  const secret = readHeaderValue(environment, "WAYBILL_WEBHOOK_SECRET");
  if (!/^[\w.~-]{8,200}$/.test(secret)) {
    throw malformed(
      "WAYBILL_WEBHOOK_SECRET",
      "8 to 200 letters, digits, dots, dashes, tildes or underscores",
    );
  }
  return secret;
}

function readPollSeconds(environment: Environment): number {
  const value = text(environment, "WAYBILL_POLL_SECONDS") ?? "30";
  if (/^\d{1,5}$/.test(value)) return Number(value);
  throw malformed("WAYBILL_POLL_SECONDS", "whole seconds from 0 (never) to 99999");
}

function readDepot(environment: Environment): Place | undefined {
  const value = text(environment, "WAYBILL_DEPOT");
  if (value === undefined) return undefined;
  const [lat = "", lng = "", ...rest] = value.split(",");
  const address = rest.join(",").trim();
  if (!isDegrees(lat, 90) || !isDegrees(lng, 180)) {
    throw malformed("WAYBILL_DEPOT", "lat,lng,address, such as 23.1291,113.2644,广州市天河区");
  }
  return { lat: Number(lat), lng: Number(lng), ...(address !== "" && { address }) };
}

/** The service's address, to which the usual profile is added, or that of one profile: …/table/v1/truck. */
function readMatrix(environment: Environment): Config["matrix"] {
  if (text(environment, "WAYBILL_MATRIX_URL") === undefined) return undefined;
  const url = readUrl(environment, "WAYBILL_MATRIX_URL", { mustBeHttps: false });
  return { baseUrl: /\/table\/v1\/[^/]+$/.test(url) ? url : `${url}/table/v1/driving` };
}

function isDegrees(value: string, limit: number): boolean {
  return /^\s*-?\d{1,3}(\.\d+)?\s*$/.test(value) && Math.abs(Number(value)) <= limit;
}

function readStatePath(environment: Environment): string {
  const value = text(environment, "WAYBILL_STATE") ?? defaultStatePath(environment);
  if (/^[a-z+]+:\/\//i.test(value)) {
    throw malformed(
      "WAYBILL_STATE",
      "the path of a SQLite file, or :memory: (a database server is not supported yet)",
    );
  }
  return value;
}

function defaultStatePath(environment: Environment): string {
  const [variable, ...fallback] =
    process.platform === "win32"
      ? ["LOCALAPPDATA", "AppData", "Local"]
      : process.platform === "darwin"
        ? ["", "Library", "Application Support"]
        : ["XDG_DATA_HOME", ".local", "share"];
  const dataDirectory = text(environment, variable ?? "") ?? join(homedir(), ...fallback);
  return join(dataDirectory, "waybill", "state.sqlite");
}

function readToolsets(environment: Environment): Config["toolsets"] {
  const names = list(text(environment, "WAYBILL_TOOLSETS") ?? "default");
  if (names.length === 1 && names[0] === "default") return "default";
  if (names.length === 1 && names[0] === "all") return toolsetNames;
  const unknown = names.find((name) => !isToolsetName(name));
  if (unknown !== undefined || names.length === 0) {
    throw malformed("WAYBILL_TOOLSETS", `default, all, or a comma list of ${toolsetNames.join(", ")}`);
  }
  return names.filter(isToolsetName);
}

function isToolsetName(name: string): name is ToolsetName {
  return toolsetNames.some((known) => known === name);
}
