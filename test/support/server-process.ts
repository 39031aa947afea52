import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export const mainPath = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** A quiet server with state in memory; what a test adds comes on top. */
export function serverEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  return { WAYBILL_STATE: ":memory:", WAYBILL_LOG_LEVEL: "warn", TZ: "Asia/Shanghai", ...extra };
}

export type HttpServerProcess = { url: string; process: ChildProcess; stop: () => Promise<number | null> };

/** Starts `waybill --http --port 0` as a process of its own and waits until it says where it serves. */
export async function startHttpServer(
  extra: Record<string, string> = {},
  args: string[] = [],
): Promise<HttpServerProcess> {
  const child = spawn(process.execPath, [mainPath, "--http", "--port", "0", ...args], {
    env: serverEnvironment(extra),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const [, found] = /serves MCP at (\S+)/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return { url, process: child, stop: () => stop(child) };
}

/** Asks a process to end and gives its exit code. */
export async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
  return child.exitCode;
}

/** Runs a command to its end. */
export async function runWaybill(
  args: string[],
  { env = {}, stdin = "" }: { env?: Record<string, string>; stdin?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [mainPath, ...args], { env: serverEnvironment(env) });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdin.end(stdin);
  const [code] = await once(child, "close");
  return { code, ...output };
}
