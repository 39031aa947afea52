import { subscribe } from "node:diagnostics_channel";
import { writeSync } from "node:fs";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { isMainThread } from "node:worker_threads";

/**
 * Loaded into a server before its own code (`node --import`): counts every place between two of which a crash could
 * make a difference, before and after each statement of SQLite and at each stage of a request to a vendor, and ends
 * the process with SIGKILL at the one it is armed for. The product has no line for it.
 */

/** What the process is asked over its IPC channel: to count and die at a crossing (0: at none), or what it crossed. */
export type KillOrder = { ask: "arm"; killAt: number } | { ask: "crossings" };

/** Its answer. */
export type KillReport = { armed: true } | { crossings: string[] };

let crossings: string[] | undefined;
let killAt = 0;

function cross(point: string): void {
  if (!crossings) return;
  crossings.push(point);
  if (crossings.length === killAt) die(point);
}

/** Nothing of this process runs on after the signal. */
function die(point: string): never {
  writeSync(process.stderr.fd, `killed ${point}\n`);
  process.kill(process.pid, "SIGKILL");
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function around<Result>(sql: string, work: () => Result): Result {
  const name = nameOf(sql);
  cross(`before ${name}`);
  const result = work();
  cross(`after ${name}`);
  return result;
}

/** Verb and table of a statement. */
function nameOf(sql: string): string {
  const text = sql.replaceAll('"', "").replace(/\s+/g, " ").toLowerCase();
  const [verb = ""] = text.split(" ", 1);
  const [, table] = /(?:from|into|update|table) (\w+)/.exec(text) ?? [];
  return table === undefined ? verb : `${verb} ${table}`;
}

function watchStatements(): void {
  const prototype = StatementSync.prototype;
  const { run, all, get, iterate } = prototype;
  prototype.run = function (...values: unknown[]) {
    return around(this.sourceSQL, () => Reflect.apply(run, this, values));
  };
  prototype.all = function (...values: unknown[]) {
    return around(this.sourceSQL, () => Reflect.apply(all, this, values));
  };
  prototype.get = function (...values: unknown[]) {
    return around(this.sourceSQL, () => Reflect.apply(get, this, values));
  };
  prototype.iterate = function (...values: unknown[]) {
    return around(this.sourceSQL, () => Reflect.apply(iterate, this, values));
  };
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    return around(sql, () => exec.call(this, sql));
  };
}

/** The stages that undici tells of a request, by its own names. */
const requestStages = { create: "before", bodySent: "sent", headers: "answered", trailers: "read" };

function watchRequests(): void {
  for (const [stage, word] of Object.entries(requestStages)) {
    subscribe(`undici:request:${stage}`, (message) => cross(`${word} ${requestName(message)}`));
  }
}

function requestName(message: unknown): string {
  const { request } = Object(message);
  const { method, path } = Object(request);
  return `${method} ${String(path).split("?", 1)[0]}`;
}

function answer(order: KillOrder): KillReport {
  if (order.ask === "crossings") return { crossings: crossings ?? [] };
  killAt = order.killAt;
  crossings = [];
  return { armed: true };
}

if (isMainThread && process.send) {
  watchStatements();
  watchRequests();
  process.on("message", (order: KillOrder) => process.send?.(answer(order)));
  // Who drives the server over stdin decides when it ends.
  process.channel?.unref();
}
