#!/usr/bin/env node
import nodeModule from "node:module";
import { Failure } from "./domain/failure.ts";

const oldestNode = 24;

/** Halves the time to start; an older Node has no such thing, and gets no further anyway. */
nodeModule.enableCompileCache?.();

/** A command's module: what it prints for --help, and what it does; the number is the exit code. */
type Command = { help: string; run: (args: string[]) => Promise<number> };

const commands: Record<string, () => Promise<Command>> = {
  serve: () => import("./commands/serve.ts"),
  sandbox: () => import("./commands/sandbox.ts"),
  demo: () => import("./commands/demo.ts"),
  solve: () => import("./commands/solve.ts"),
  doctor: () => import("./commands/doctor.ts"),
  tools: () => import("./commands/tools.ts"),
};

/** Without a command it serves: that is what clients start. */
async function main([name = "serve", ...rest]: string[]): Promise<number> {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    throw new Failure(
      "invalid_input",
      `Waybill needs Node ${oldestNode} or newer; this is ${process.versions.node}.`,
    );
  }
  const isOption = name.startsWith("-");
  const load = commands[isOption ? "serve" : name];
  if (!load) {
    throw new Failure(
      "invalid_input",
      `waybill has no command of that name; it has ${Object.keys(commands).join(", ")}.`,
    );
  }
  const command = await load();
  const args = isOption ? [name, ...rest] : rest;
  if (!args.includes("--help") && !args.includes("-h")) return command.run(args);
  process.stdout.write(command.help);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const hint = error instanceof Failure && error.details.hint ? ` ${error.details.hint}` : "";
  process.stderr.write(`waybill: ${error instanceof Error ? error.message : String(error)}${hint}\n`);
  process.exitCode = 2;
}
