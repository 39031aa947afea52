import { setTimeout as sleep } from "node:timers/promises";
import { type Rpc, residentMegabytes, type ServerCommand, startHttp, startStdio } from "./rpc.ts";

/** The figures of one server over all rounds, still to be reduced. */
export type Figures = {
  startMilliseconds: number[];
  idleMegabytes: number[];
  stdioP50: number[];
  stdioP99: number[];
  httpP50: number[];
  httpP99: number[];
};

export type Subject = {
  name: string;
  command: ServerCommand;
  /** Readies a running server and gives the arguments of the `get_plan` calls to time. */
  prepare: (rpc: Rpc) => Promise<Record<string, unknown>>;
  figures: Figures;
};

const warmUpCalls = 300;
const timedCalls = 1500;

export function noFigures(): Figures {
  return { startMilliseconds: [], idleMegabytes: [], stdioP50: [], stdioP99: [], httpP50: [], httpP99: [] };
}

/** Starts the subject on both transports once and adds what it measured to its figures. */
export async function measureRound({ command, prepare, figures }: Subject): Promise<void> {
  const idle = await startStdio(command);
  figures.startMilliseconds.push(idle.startMilliseconds);
  await sleep(500);
  const megabytes = residentMegabytes(idle.process);
  if (megabytes !== undefined) figures.idleMegabytes.push(megabytes);
  const stdio = await timeCalls(idle.rpc, await prepare(idle.rpc));
  figures.stdioP50.push(stdio.p50);
  figures.stdioP99.push(stdio.p99);
  await idle.stop();
  const http = await startHttp(command);
  const overHttp = await timeCalls(http.rpc, await prepare(http.rpc));
  figures.httpP50.push(overHttp.p50);
  figures.httpP99.push(overHttp.p99);
  await http.stop();
}

async function timeCalls(rpc: Rpc, args: Record<string, unknown>): Promise<{ p50: number; p99: number }> {
  const call = () => rpc("tools/call", { name: "get_plan", arguments: args });
  for (let index = 0; index < warmUpCalls; index++) await call();
  const milliseconds: number[] = [];
  for (let index = 0; index < timedCalls; index++) {
    const startedAt = performance.now();
    await call();
    milliseconds.push(performance.now() - startedAt);
  }
  return { p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99) };
}

/** The value below which this part of the values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
