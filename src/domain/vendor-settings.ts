/** How a deployment of the ERP stores positions: GPS's own, China's shifted one, or Baidu's further shift of that. */
export const coordinateSystems = ["wgs84", "gcj02", "bd09"] as const;

export type CoordinateSystem = (typeof coordinateSystems)[number];

/** How the factory's ERP is reached (fleet.txt). */
export type FleetSettings = {
  /** Ends in `/api/v2/ai`. */
  baseUrl: string;
  accessKey: string;
  /** The first is used when a call names none; others than these are forbidden. */
  merchantIds: string[];
  /** What positions are read as; they come out as WGS-84. */
  coordinates: CoordinateSystem;
};

/** How RouteMate is reached (routemate.txt). */
export type RouteMateSettings = {
  /** Ends in `/v1`. */
  baseUrl: string;
  clientId: string;
  clientSecret: string;
};

/**
 * What a deployment of Yunji signs besides the three public parameters: nested values as their compact JSON (`json`),
 * nothing that is nested (`scalars`), or nothing at all (`public`). The document is silent about it.
 */
export const signingScopes = ["json", "scalars", "public"] as const;

export type SigningScope = (typeof signingScopes)[number];

/** How the robots are reached (yunji.txt). */
export type YunjiSettings = {
  baseUrl: string;
  accessKeyId: string;
  accessKeySecret: string;
  /** The hotel, used when a call names none. */
  storeId: string;
  signing: SigningScope;
};

/** How Trucker Path signs: its documented way and its later one. */
export const signSchemes = ["md5", "sha1"] as const;

export type SignScheme = (typeof signSchemes)[number];

/** How Trucker Path Transmit is reached (transmit.txt). */
export type TransmitSettings = {
  /** Ends in `/api/transmit`. */
  baseUrl: string;
  /** With `sha1` the access key. */
  token: string;
  /** With `sha1` the secret. */
  salt: string;
  /** Stands before the signed path: empty, or such as /api/transmit. */
  signPrefix: string;
  signScheme: SignScheme;
};

/** As what an account of the takeout SaaS signs in. */
export const loginTypes = ["customer", "merchant", "system"] as const;

/** How the takeout SaaS is reached (takeout.txt). */
export type TakeoutSettings = {
  /** Ends in `/api/v1`. */
  baseUrl: string;
  phone: string;
  password: string;
  loginType: (typeof loginTypes)[number];
  /** Left out where the token alone tells the tenant. */
  tenantId?: string;
};
