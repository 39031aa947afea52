import { homedir } from "node:os";
import { join } from "node:path";
import { Failure } from "./domain/failure.ts";
import type { Place } from "./domain/place.ts";
import { type ToolsetName, toolsetNames } from "./domain/toolset.ts";

/** How the factory's ERP is reached (vendors: fleet.txt). */
export type FleetSettings = {
  baseUrl: string;
  accessKey: string;
  /** The first is used when a call names none; others than these are forbidden. */
  merchantIds: string[];
  coordinates: "wgs84" | "gcj02" | "bd09";
};

/** How RouteMate is reached (vendors: routemate.txt). */
export type RouteMateSettings = { baseUrl: string; clientId: string; clientSecret: string };

/** Everything that the environment decides. A vendor without credentials is absent. */
export type Config = {
  fleet?: FleetSettings;
  routemate?: RouteMateSettings;
  /** Areas offered when a client completes an `area` argument. */
  areas: string[];
  depot?: Place;
  /** A SQLite file or ":memory:". */
  statePath: string;
  /** `default`: the toolsets of configured vendors. */
  toolsets: "default" | readonly ToolsetName[];
  isReadOnly: boolean;
  locale: "zh-CN" | "en";
  /** How tools of access "destroy" are confirmed; none is served yet. */
  confirm: "ask" | "token" | "off";
  logLevel: LogLevel;
};

const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

type Environment = Record<string, string | undefined>;

/** Reads the environment; throws `invalid_input` with one line that names the variable and what it takes. */
export function readConfig(environment: Environment): Config {
  const fleet = readFleet(environment);
  const routemate = readRouteMate(environment);
  const depot = readDepot(environment);
  return {
    ...(fleet && { fleet }),
    ...(routemate && { routemate }),
    ...(depot && { depot }),
    areas: list(text(environment, "FLEET_AREAS") ?? ""),
    statePath: readStatePath(environment),
    toolsets: readToolsets(environment),
    isReadOnly: oneOf(environment, "WAYBILL_READ_ONLY", ["0", "1"], "0") === "1",
    locale: oneOf(environment, "WAYBILL_LOCALE", ["zh-CN", "en"], "en"),
    confirm: oneOf(environment, "WAYBILL_CONFIRM", ["ask", "token", "off"], "token"),
    logLevel: oneOf(environment, "WAYBILL_LOG_LEVEL", logLevels, "info"),
  };
}

/** The configured values that must never be seen outside the process. */
export function secretsOf(config: Config): string[] {
  return [config.fleet?.accessKey, config.routemate?.clientId, config.routemate?.clientSecret].filter(
    (secret) => secret !== undefined,
  );
}

/** The variables that configure each vendor: the first ones are needed together. */
export const vendorVariables = {
  fleet: ["FLEET_BASE_URL", "FLEET_ACCESS_KEY", "FLEET_MERCHANT_ID"],
  routemate: ["ROUTEMATE_CLIENT_ID", "ROUTEMATE_CLIENT_SECRET"],
} as const;

function readFleet(environment: Environment): FleetSettings | undefined {
  if (!requireTogether(environment, vendorVariables.fleet)) return undefined;
  const merchantIds = list(text(environment, "FLEET_MERCHANT_ID") ?? "");
  if (merchantIds.length === 0 || !merchantIds.every((id) => /^\d{1,18}$/.test(id))) {
    throw malformed(
      "FLEET_MERCHANT_ID",
      "one whole number or several with commas between, such as 10 or 10,12",
    );
  }
  return {
    baseUrl: readUrl(environment, "FLEET_BASE_URL", { mustBeHttps: false }),
    accessKey: readHeaderValue(environment, "FLEET_ACCESS_KEY"),
    merchantIds,
    coordinates: oneOf(environment, "FLEET_COORDINATES", ["wgs84", "gcj02", "bd09"], "wgs84"),
  };
}

function readRouteMate(environment: Environment): RouteMateSettings | undefined {
  if (!requireTogether(environment, vendorVariables.routemate)) return undefined;
  const withDefault = { ROUTEMATE_BASE_URL: "https://api.routemate.app/v1", ...present(environment) };
  return {
    baseUrl: readUrl(withDefault, "ROUTEMATE_BASE_URL", { mustBeHttps: true }),
    clientId: readHeaderValue(environment, "ROUTEMATE_CLIENT_ID"),
    clientSecret: readHeaderValue(environment, "ROUTEMATE_CLIENT_SECRET"),
  };
}

/** False when none is set; a half-set vendor is a mistake, not an unconfigured one. */
function requireTogether(environment: Environment, names: readonly string[]): boolean {
  const missing = names.filter((name) => text(environment, name) === undefined);
  if (missing.length === names.length) return false;
  const [first] = missing;
  if (first !== undefined) throw malformed(first, `a value, because ${names.join(", ")} are needed together`);
  return true;
}

function readUrl(environment: Environment, name: string, { mustBeHttps }: { mustBeHttps: boolean }): string {
  const url = URL.parse(text(environment, name) ?? "");
  const isLoopback = url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  const isSecure = url?.protocol === "https:" || (url?.protocol === "http:" && (isLoopback || !mustBeHttps));
  if (!url || !isSecure || url.search !== "" || url.hash !== "" || url.username !== "") {
    const scheme = mustBeHttps ? "an https:// address" : "an http:// or https:// address";
    throw malformed(name, `${scheme} without query or credentials, such as https://host/api`);
  }
  return url.href.replace(/\/+$/, "");
}

function readHeaderValue(environment: Environment, name: string): string {
  const value = text(environment, name) ?? "";
  if (!/^[\x21-\x7e]{1,1024}$/.test(value))
    throw malformed(name, "printable ASCII characters without spaces");
  return value;
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

function oneOf<const Value extends string>(
  environment: Environment,
  name: string,
  values: readonly Value[],
  fallback: NoInfer<Value>,
): Value {
  const value = text(environment, name);
  if (value === undefined) return fallback;
  const known = values.find((candidate) => candidate === value);
  if (known === undefined) throw malformed(name, `one of ${values.join(", ")}`);
  return known;
}

function text(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === "" ? undefined : value;
}

function present(environment: Environment): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => text(environment, name) !== undefined),
  );
}

function list(value: string): string[] {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function malformed(name: string, takes: string): Failure {
  return new Failure("invalid_input", `${name} takes ${takes}.`, {
    hint: `Set ${name} in the environment or in .env and start again.`,
    fields: [name],
  });
}
