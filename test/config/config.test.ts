import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readConfig, secretsOf } from "../../src/config/config.ts";
import { Failure } from "../../src/domain/failure.ts";

const fleet = {
  FLEET_BASE_URL: "https://erp.example.com/api/v2/ai",
  FLEET_ACCESS_KEY: "key-1",
  FLEET_MERCHANT_ID: "10,12",
};
const routemate = { ROUTEMATE_CLIENT_ID: "rm_ci_1", ROUTEMATE_CLIENT_SECRET: "rm_cs_1" };

const variableNames = /"(?:FLEET|ROUTEMATE|YUNJI|TRANSMIT|TAKEOUT|WAYBILL)_[A-Z_]+"/g;

const yunji = { YUNJI_ACCESS_KEY_ID: "ak-1", YUNJI_ACCESS_KEY_SECRET: "as-1", YUNJI_STORE_ID: "store-1" };
const transmit = {
  TRANSMIT_BASE_URL: "https://transmit.example.com/api/transmit/",
  TRANSMIT_TOKEN: "tt-1",
  TRANSMIT_SALT: "ts-1",
};
const takeout = {
  TAKEOUT_BASE_URL: "https://takeout.example.com/api/v1",
  TAKEOUT_PHONE: "13800138000",
  TAKEOUT_PASSWORD: "pass word",
};

describe("readConfig", () => {
  test("reads both vendors and the defaults of everything else", () => {
    const config = readConfig({
      ...fleet,
      ...routemate,
      WAYBILL_DEPOT: "23.1291, 113.2644,广州市,天河区",
      HOME: "/home/x",
    });
    expect(config.fleet).toEqual({
      baseUrl: "https://erp.example.com/api/v2/ai",
      accessKey: "key-1",
      merchantIds: ["10", "12"],
      coordinates: "wgs84",
    });
    expect(config.routemate?.baseUrl).toBe("https://api.routemate.app/v1");
    expect(config.depot).toEqual({ lat: 23.1291, lng: 113.2644, address: "广州市,天河区" });
    expect(config).toMatchObject({
      toolsets: "default",
      isReadOnly: false,
      locale: "en",
      confirm: "token",
      logLevel: "info",
    });
  });

  test("reads the other vendors with the defaults that their documents give", () => {
    const config = readConfig({ ...yunji, ...transmit, ...takeout });
    expect(config.yunji).toEqual({
      baseUrl: "https://open-api.yunjiai.cn",
      accessKeyId: "ak-1",
      accessKeySecret: "as-1",
      storeId: "store-1",
      signing: "json",
    });
    expect(config.transmit).toEqual({
      baseUrl: "https://transmit.example.com/api/transmit",
      token: "tt-1",
      salt: "ts-1",
      signPrefix: "",
      signScheme: "md5",
    });
    expect(config.takeout).toEqual({
      baseUrl: "https://takeout.example.com/api/v1",
      phone: "13800138000",
      password: "pass word",
      loginType: "merchant",
    });
    expect(readConfig({ ...takeout, TAKEOUT_TENANT_ID: "tenant-1" }).takeout?.tenantId).toBe("tenant-1");
  });

  test("leaves a vendor out when nothing of it is set", () => {
    const config = readConfig({});
    expect(config.fleet).toBeUndefined();
    expect(config.routemate).toBeUndefined();
  });

  test.each([
    ["http://127.0.0.1:5000", "http://127.0.0.1:5000/table/v1/driving"],
    ["https://osrm.example.com/china/", "https://osrm.example.com/china/table/v1/driving"],
    ["http://osrm/table/v1/truck", "http://osrm/table/v1/truck"],
  ])("takes %s for the travel times of %s", (address, baseUrl) => {
    expect(readConfig({ WAYBILL_MATRIX_URL: address }).matrix).toEqual({ baseUrl });
    expect(readConfig({}).matrix).toBeUndefined();
  });

  test("names the secrets that must not be seen", () => {
    const everything = { ...fleet, ...routemate, ...yunji, ...transmit, ...takeout };
    const secrets = secretsOf(readConfig({ ...everything, WAYBILL_WEBHOOK_SECRET: "hook-1-secret" }));
    expect(secrets).toEqual([
      ...["key-1", "rm_ci_1", "rm_cs_1", "ak-1", "as-1", "tt-1", "ts-1", "pass word"],
      "hook-1-secret",
    ]);
  });

  test.each([
    ["FLEET_ACCESS_KEY", { ...fleet, FLEET_ACCESS_KEY: "" }],
    ["FLEET_ACCESS_KEY", { ...fleet, FLEET_ACCESS_KEY: "two\nlines" }],
    ["FLEET_BASE_URL", { ...fleet, FLEET_BASE_URL: "erp.example.com" }],
    ["FLEET_BASE_URL", { ...fleet, FLEET_BASE_URL: "https://user:pw@erp.example.com" }],
    ["FLEET_MERCHANT_ID", { ...fleet, FLEET_MERCHANT_ID: "ten" }],
    ["FLEET_COORDINATES", { ...fleet, FLEET_COORDINATES: "wgs" }],
    ["ROUTEMATE_CLIENT_SECRET", { ROUTEMATE_CLIENT_ID: "rm_ci_1" }],
    ["ROUTEMATE_BASE_URL", { ...routemate, ROUTEMATE_BASE_URL: "http://api.routemate.app/v1" }],
    ["YUNJI_STORE_ID", { ...yunji, YUNJI_STORE_ID: "" }],
    ["YUNJI_SIGNING", { ...yunji, YUNJI_SIGNING: "xml" }],
    ["YUNJI_BASE_URL", { ...yunji, YUNJI_BASE_URL: "http://open-api.yunjiai.cn" }],
    ["TRANSMIT_SALT", { ...transmit, TRANSMIT_SALT: "" }],
    ["TRANSMIT_SIGN_SCHEME", { ...transmit, TRANSMIT_SIGN_SCHEME: "md4" }],
    ["TRANSMIT_SIGN_PREFIX", { ...transmit, TRANSMIT_SIGN_PREFIX: "api?x" }],
    ["TAKEOUT_PASSWORD", { ...takeout, TAKEOUT_PASSWORD: "" }],
    ["TAKEOUT_LOGIN_TYPE", { ...takeout, TAKEOUT_LOGIN_TYPE: "driver" }],
    ["WAYBILL_WEBHOOK_SECRET", { WAYBILL_WEBHOOK_SECRET: "a/b/c/d/e" }],
    ["WAYBILL_POLL_SECONDS", { WAYBILL_POLL_SECONDS: "often" }],
    ["WAYBILL_MATRIX_URL", { WAYBILL_MATRIX_URL: "osrm.example.com:5000" }],
    ["WAYBILL_MATRIX_URL", { WAYBILL_MATRIX_URL: "https://osrm.example.com/?key=pw@" }],
    ["WAYBILL_DEPOT", { WAYBILL_DEPOT: "广州" }],
    ["WAYBILL_DEPOT", { WAYBILL_DEPOT: "123.1,113.2" }],
    ["WAYBILL_STATE", { WAYBILL_STATE: "mysql://host/db" }],
    ["WAYBILL_TOOLSETS", { WAYBILL_TOOLSETS: "fleet,trains" }],
    ["WAYBILL_READ_ONLY", { WAYBILL_READ_ONLY: "yes" }],
    ["WAYBILL_LOCALE", { WAYBILL_LOCALE: "de" }],
    ["WAYBILL_CONFIRM", { WAYBILL_CONFIRM: "never" }],
    ["WAYBILL_LOG_LEVEL", { WAYBILL_LOG_LEVEL: "loud" }],
  ])("refuses a malformed %s with one line that names it and tells no value", (name, environment) => {
    const failure = failureOf(() => readConfig(environment));
    expect(failure.code).toBe("invalid_input");
    expect(failure.details.fields).toEqual([name]);
    expect(failure.message).toContain(`${name} takes`);
    expect(failure.message).not.toContain("\n");
    expect(failure.message).not.toContain("pw@");
  });

  test("has every variable that it reads, and no other, in README and .env.example", () => {
    const read = new Set(
      ["config", "vendor-settings"].flatMap(
        (file) => readFileSync(`src/config/${file}.ts`, "utf8").match(variableNames) ?? [],
      ),
    );
    const readme = readFileSync("README.md", "utf8");
    expect([...read].filter((name) => !readme.includes(name.replaceAll('"', "`")))).toEqual([]);
    const example =
      readFileSync(".env.example", "utf8").match(
        /(?:FLEET|ROUTEMATE|YUNJI|TRANSMIT|TAKEOUT|WAYBILL)_[A-Z_]+(?==)/g,
      ) ?? [];
    expect(new Set(example.map((name) => `"${name}"`))).toEqual(read);
  });
});

function failureOf(run: () => unknown): Failure {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
  }
  throw new Error("it was not refused");
}
