import { describe, expect, test } from "vitest";
import { toolsets } from "../../src/tools/index.ts";
import { runWaybill } from "../support/server-process.ts";

describe("waybill", () => {
  test.each(["", "serve", "sandbox", "demo", "solve", "doctor", "tools"])(
    "%s --help says what it does",
    async (command) => {
      const { code, stdout, stderr } = await runWaybill([...(command === "" ? [] : [command]), "--help"]);
      expect(stdout).toMatch(/Usage: waybill/);
      expect(stderr).toBe("");
      expect(code).toBe(0);
    },
  );

  test.each([
    ["an unknown command", ["dispatch"], "serve, sandbox, demo"],
    ["an unknown option", ["--htpp"], "--htpp"],
    ["a bad port", ["--http", "--port", "70000"], "--port takes a whole number from 0 to 65535"],
    ["a stray word", ["tools", "fleet"], "fleet"],
  ])("refuses %s with one line and exit code 2", async (_, args, says) => {
    const { code, stdout, stderr } = await runWaybill(args);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toContain(says);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("ends with one line that names a malformed variable", async () => {
    const { code, stderr } = await runWaybill([], { env: { WAYBILL_LOCALE: "fr" } });
    expect(stderr.trimEnd()).toBe(
      "waybill: WAYBILL_LOCALE takes one of zh-CN, en. Set WAYBILL_LOCALE in the environment or in .env and start again.",
    );
    expect(code).toBe(2);
  });
});

describe("waybill tools", () => {
  const credentials = {
    FLEET_BASE_URL: "http://127.0.0.1:1/api/v2/ai",
    FLEET_ACCESS_KEY: "key-1",
    FLEET_MERCHANT_ID: "10",
  };
  const served = async (env: Record<string, string>) => {
    const { stdout } = await runWaybill(["tools", "--json"], { env });
    const { tools }: { tools: { name: string }[] } = JSON.parse(stdout);
    return tools.map(({ name }) => name);
  };

  test("shows the toolsets of configured vendors, planning always", async () => {
    expect(await served({})).toContain("plan_load");
    expect(await served({})).not.toContain("list_vehicles");
    expect(await served(credentials)).toContain("list_vehicles");
  });

  test("shows what WAYBILL_TOOLSETS names, configured or not", async () => {
    expect(await served({ WAYBILL_TOOLSETS: "routes" })).toEqual(["import_route", "get_route_job"]);
  });

  test("shows reading tools alone in read-only mode", async () => {
    const names = await served({ WAYBILL_TOOLSETS: "all", WAYBILL_READ_ONLY: "1" });
    const writing =
      /^(create|save|set|delete|cancel|refund|advance|assign|report|claim|reply|register|send|upload|update|import|plan_load)/;
    expect(names).toContain("track_shipment");
    expect(names).toContain("estimate_robot_task");
    expect(names.filter((name) => writing.test(name))).toEqual([]);
    const reads = Object.values(toolsets)
      .flat()
      .filter(({ access }) => access === "read");
    expect(names).toEqual(reads.map(({ name }) => name));
  });
});
