import { Failure } from "../domain/failure.ts";
import { startSandbox } from "../sandbox/sandbox.ts";
import { parseOptions, readWholeNumber } from "./parse-options.ts";

/** What `waybill sandbox --help` prints. */
export const help = `waybill sandbox: the built-in vendors alone, on loopback and with invented data

Usage: waybill sandbox [--port 0] [--speed 60]

Prints the variables that point a Waybill server at it, one NAME=value a line, then "ready", and runs until it is
interrupted.

  --port PORT    listen on this port (default 0: any free one)
  --speed N      simulated seconds a real second, so that drivers get on (default 60)
`;

/** Runs the sandbox until SIGINT or SIGTERM. */
export async function run(args: string[]): Promise<number> {
  const { port, speed } = parseOptions(args, {
    port: { type: "string", default: "0" },
    speed: { type: "string", default: "60" },
  });
  const options = {
    port: readWholeNumber("--port", port, { minimum: 0, maximum: 65_535 }),
    timeScale: readSpeed(speed),
  };
  const interrupted = untilInterrupted();
  const { environment, close } = await startSandbox(options);
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  process.stdout.write(`${lines.join("")}ready\n`);
  await interrupted;
  await close();
  return 0;
}

const highestSpeed = 86_400;

function readSpeed(text: string): number {
  const speed = /^\d{1,5}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (speed > 0 && speed <= highestSpeed) return speed;
  throw new Failure("invalid_input", `--speed takes a number above 0, at most ${highestSpeed}.`, {
    hint: "--help lists the options.",
  });
}

/** Listens from the call on, so that no signal during the start is lost. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
