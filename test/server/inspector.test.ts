import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type HttpServerProcess,
  mainPath,
  serverEnvironment,
  startHttpServer,
} from "../support/server-process.ts";
import { smallDay } from "../support/small-day.ts";

const packageRoot = new URL("../../node_modules/@modelcontextprotocol/inspector/", import.meta.url);
const inspector = fileURLToPath(new URL("clients/launcher/build/index.js", packageRoot));

let server: HttpServerProcess;
/** Where the Inspector keeps what it keeps. */
let home: string;
beforeAll(async () => {
  [server, home] = await Promise.all([startHttpServer(), mkdtemp(join(tmpdir(), "waybill-inspector-"))]);
});
afterAll(() => Promise.all([server.stop(), rm(home, { recursive: true })]));

type Run = { code: number; answer: unknown };

/** Runs the Inspector without its browser; what it prints is the result of the one method. */
async function inspect(transport: "stdio" | "http", options: string[]): Promise<Run> {
  const variables = Object.entries(serverEnvironment()).flatMap(([name, value]) => [
    "-e",
    `${name}=${value}`,
  ]);
  const target =
    transport === "http" ? ["--server-url", server.url] : [...variables, "--", process.execPath, mainPath];
  const child = spawn(process.execPath, [inspector, "--cli", "--format", "json", ...options, ...target], {
    env: { PATH: process.env["PATH"], HOME: home, USERPROFILE: home },
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  child.stderr.resume();
  const [code] = await once(child, "close");
  return { code, answer: printed === "" ? undefined : JSON.parse(printed) };
}

describe.each([
  { transport: "stdio", era: "legacy" },
  { transport: "stdio", era: "modern" },
  { transport: "http", era: "legacy" },
  { transport: "http", era: "modern" },
] as const)("the Inspector on $transport, $era era,", ({ transport, era }) => {
  test("lists the tools and finds no error in their schemas", async () => {
    const run = await inspect(transport, ["--protocol-era", era, "--method", "tools/list", "--strict"]);
    expect(run).toMatchObject({
      code: 0,
      answer: { result: { tools: expect.arrayContaining([expect.objectContaining({ name: "plan_load" })]) } },
    });
  });

  test("makes a plan from shipments that it is given", async () => {
    const call = ["--method", "tools/call", "--tool-name", "plan_load"];
    const args = ["--tool-args-json", JSON.stringify(smallDay)];
    const run = await inspect(transport, ["--protocol-era", era, ...call, ...args]);
    expect(run).toMatchObject({
      code: 0,
      answer: {
        result: { structuredContent: { revision: 1, unassigned: [], quality: { shipments_assigned: 6 } } },
      },
    });
  });
});
