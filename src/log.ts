import type { LogLevel } from "./config/config.ts";

/** Writes one line of JSON per event, without secrets. */
export type Log = Record<"debug" | "info" | "warn" | "error", (message: string, fields?: LogFields) => void>;

export type LogFields = Record<string, unknown>;

type LogOptions = {
  level: LogLevel;
  /** Takes one line without its end; stderr in production, because stdout belongs to the protocol. */
  write: (line: string) => void;
  /** Replaces every configured secret in a line. */
  redact: (line: string) => string;
  now: () => number;
};

const severity: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 };

/** Makes a log that drops what is below its level. */
export function createLog({ level, write, redact, now }: LogOptions): Log {
  const at =
    (own: "debug" | "info" | "warn" | "error") =>
    (message: string, fields: LogFields = {}) => {
      if (severity[own] < severity[level]) return;
      write(redact(JSON.stringify({ time: new Date(now()).toISOString(), level: own, message, ...fields })));
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
