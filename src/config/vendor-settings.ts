import type { VendorName } from "../domain/failure.ts";
import {
  type Environment,
  list,
  malformed,
  oneOf,
  readHeaderValue,
  readUrl,
  requireTogether,
  text,
} from "./variables.ts";

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

/** What a deployment of Yunji signs of a request's nested values. */
export const yunjiSigningScopes = ["json", "scalars", "public"] as const;

/** How the robots are reached (vendors: yunji.txt). */
export type YunjiSettings = {
  baseUrl: string;
  accessKeyId: string;
  accessKeySecret: string;
  /** The hotel, used when a call names none. */
  storeId: string;
  signing: (typeof yunjiSigningScopes)[number];
};

/** How Trucker Path signs: its documented way and its later one. */
export const transmitSignSchemes = ["md5", "sha1"] as const;

/** How Trucker Path Transmit is reached (vendors: transmit.txt). With `sha1` token and salt are key and secret. */
export type TransmitSettings = {
  baseUrl: string;
  token: string;
  salt: string;
  /** Stands before the signed path: empty, or such as /api/transmit. */
  signPrefix: string;
  signScheme: (typeof transmitSignSchemes)[number];
};

/** As what an account of the takeout SaaS signs in. */
export const takeoutLoginTypes = ["customer", "merchant", "system"] as const;

/** How the takeout SaaS is reached (vendors: takeout.txt). */
export type TakeoutSettings = {
  baseUrl: string;
  phone: string;
  password: string;
  loginType: (typeof takeoutLoginTypes)[number];
  /** Left out where the token alone tells the tenant. */
  tenantId?: string;
};

/** The settings of each vendor that is configured. */
export type VendorSettings = {
  fleet?: FleetSettings;
  routemate?: RouteMateSettings;
  yunji?: YunjiSettings;
  transmit?: TransmitSettings;
  takeout?: TakeoutSettings;
};

/** The variables that configure each vendor: they are needed together. */
export const vendorVariables = {
  fleet: ["FLEET_BASE_URL", "FLEET_ACCESS_KEY", "FLEET_MERCHANT_ID"],
  routemate: ["ROUTEMATE_CLIENT_ID", "ROUTEMATE_CLIENT_SECRET"],
  yunji: ["YUNJI_ACCESS_KEY_ID", "YUNJI_ACCESS_KEY_SECRET", "YUNJI_STORE_ID"],
  transmit: ["TRANSMIT_BASE_URL", "TRANSMIT_TOKEN", "TRANSMIT_SALT"],
  takeout: ["TAKEOUT_BASE_URL", "TAKEOUT_PHONE", "TAKEOUT_PASSWORD"],
} as const satisfies Record<VendorName, readonly string[]>;

/** Reads every vendor's variables; a vendor without any is absent. */
export function readVendorSettings(environment: Environment): VendorSettings {
  const isSet = (vendor: VendorName) => requireTogether(environment, vendorVariables[vendor]);
  return {
    ...(isSet("fleet") && { fleet: readFleet(environment) }),
    ...(isSet("routemate") && { routemate: readRouteMate(environment) }),
    ...(isSet("yunji") && { yunji: readYunji(environment) }),
    ...(isSet("transmit") && { transmit: readTransmit(environment) }),
    ...(isSet("takeout") && { takeout: readTakeout(environment) }),
  };
}

/** The configured values that must never be seen outside the process. */
export function vendorSecrets({ fleet, routemate, yunji, transmit, takeout }: VendorSettings): string[] {
  return [
    fleet?.accessKey,
    ...(routemate ? [routemate.clientId, routemate.clientSecret] : []),
    ...(yunji ? [yunji.accessKeyId, yunji.accessKeySecret] : []),
    ...(transmit ? [transmit.token, transmit.salt] : []),
    takeout?.password,
  ].filter((secret) => secret !== undefined);
}

function readFleet(environment: Environment): FleetSettings {
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

function readRouteMate(environment: Environment): RouteMateSettings {
  const fallback = "https://api.routemate.app/v1";
  return {
    baseUrl: readUrl(environment, "ROUTEMATE_BASE_URL", { mustBeHttps: true, fallback }),
    clientId: readHeaderValue(environment, "ROUTEMATE_CLIENT_ID"),
    clientSecret: readHeaderValue(environment, "ROUTEMATE_CLIENT_SECRET"),
  };
}

/** yunji.txt, 通信协议: https alone */
function readYunji(environment: Environment): YunjiSettings {
  const fallback = "https://open-api.yunjiai.cn";
  return {
    baseUrl: readUrl(environment, "YUNJI_BASE_URL", { mustBeHttps: true, fallback }),
    accessKeyId: readHeaderValue(environment, "YUNJI_ACCESS_KEY_ID"),
    accessKeySecret: readHeaderValue(environment, "YUNJI_ACCESS_KEY_SECRET"),
    storeId: readHeaderValue(environment, "YUNJI_STORE_ID"),
    signing: oneOf(environment, "YUNJI_SIGNING", yunjiSigningScopes, "json"),
  };
}

function readTransmit(environment: Environment): TransmitSettings {
  const signPrefix = (text(environment, "TRANSMIT_SIGN_PREFIX") ?? "").replace(/\/+$/, "");
  if (!/^(\/[\w.~-]{1,100}){0,10}$/.test(signPrefix)) {
    throw malformed("TRANSMIT_SIGN_PREFIX", "nothing, or a path such as /api/transmit");
  }
  return {
    baseUrl: readUrl(environment, "TRANSMIT_BASE_URL", { mustBeHttps: false }),
    token: readHeaderValue(environment, "TRANSMIT_TOKEN"),
    salt: readHeaderValue(environment, "TRANSMIT_SALT"),
    signPrefix,
    signScheme: oneOf(environment, "TRANSMIT_SIGN_SCHEME", transmitSignSchemes, "md5"),
  };
}

function readTakeout(environment: Environment): TakeoutSettings {
  const password = text(environment, "TAKEOUT_PASSWORD") ?? "";
  const hasTenant = text(environment, "TAKEOUT_TENANT_ID") !== undefined;
  return {
    baseUrl: readUrl(environment, "TAKEOUT_BASE_URL", { mustBeHttps: false }),
    phone: readHeaderValue(environment, "TAKEOUT_PHONE"),
    password,
    loginType: oneOf(environment, "TAKEOUT_LOGIN_TYPE", takeoutLoginTypes, "merchant"),
    ...(hasTenant && { tenantId: readHeaderValue(environment, "TAKEOUT_TENANT_ID") }),
  };
}
