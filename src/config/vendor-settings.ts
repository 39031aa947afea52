import type { VendorName } from "../domain/failure.ts";
import {
  coordinateSystems,
  type FleetSettings,
  loginTypes,
  type RouteMateSettings,
  signingScopes,
  signSchemes,
  type TakeoutSettings,
  type TransmitSettings,
  type YunjiSettings,
} from "../domain/vendor-settings.ts";
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
    coordinates: oneOf(environment, "FLEET_COORDINATES", coordinateSystems, "wgs84"),
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
    signing: oneOf(environment, "YUNJI_SIGNING", signingScopes, "json"),
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
    signScheme: oneOf(environment, "TRANSMIT_SIGN_SCHEME", signSchemes, "md5"),
  };
}

function readTakeout(environment: Environment): TakeoutSettings {
  const password = text(environment, "TAKEOUT_PASSWORD") ?? "";
  const hasTenant = text(environment, "TAKEOUT_TENANT_ID") !== undefined;
  return {
    baseUrl: readUrl(environment, "TAKEOUT_BASE_URL", { mustBeHttps: false }),
    phone: readHeaderValue(environment, "TAKEOUT_PHONE"),
    password,
    loginType: oneOf(environment, "TAKEOUT_LOGIN_TYPE", loginTypes, "merchant"),
    ...(hasTenant && { tenantId: readHeaderValue(environment, "TAKEOUT_TENANT_ID") }),
  };
}
