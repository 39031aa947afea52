import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, test } from "vitest";
import { run } from "../../src/commands/sandbox.ts";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** The command in a process of its own, read until it says that it is ready. */
async function startCommand(args: string[]) {
  const command = new URL("../../src/commands/sandbox.ts", import.meta.url).href;
  const script = `const { run } = await import("${command}"); process.exitCode = await run(process.argv.slice(1));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, "--", ...args]);
  children.push(child);
  const environment: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === "ready") break;
    const [, name = "", value = ""] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    environment[name] = value;
  }
  return { child, environment };
}

describe.each(["SIGINT", "SIGTERM"] as const)("interrupted by %s", (signal) => {
  test("it has printed an environment that works, and ends with 0", async () => {
    const { child, environment } = await startCommand(["--port", "0", "--speed", "120"]);
    const { FLEET_BASE_URL, FLEET_ACCESS_KEY = "", FLEET_MERCHANT_ID } = environment;
    const url = `${FLEET_BASE_URL}/transport-vehicles/?merchant_id=${FLEET_MERCHANT_ID}`;
    const answer = await fetch(url, { headers: { authorization: FLEET_ACCESS_KEY } });
    expect(await answer.json()).toMatchObject({ count: 8 });
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});

describe("a bad argument", () => {
  test.each([
    [["--port", "70000"], "--port"],
    [["--port", "http"], "--port"],
    [["--speed", "0"], "--speed"],
    [["--speed", "-5"], "--speed"],
    [["--speed", "fast"], "--speed"],
    [["--fast"], "--fast"],
    [["now"], "now"],
  ])("%j is refused by name", async (args, name) => {
    const failure = { code: "invalid_input", message: expect.stringContaining(name) };
    await expect(run(args)).rejects.toMatchObject(failure);
  });
});
