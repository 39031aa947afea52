import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** One finished tool call; `code` is "ok" or the failure's. */
export type ToolCallObservation = { tool: string; code: string; milliseconds: number };

export type Metrics = {
  observeToolCall: (call: ToolCallObservation) => void;
  /** Text in Prometheus' exposition format. */
  expose: () => Promise<{ contentType: string; text: string }>;
};

/** Counts tool calls and their time beside the process's own figures; used in HTTP mode alone. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const calls = new Counter({
    name: "waybill_tool_calls_total",
    help: "Tool calls by tool and outcome: ok or the error's code.",
    labelNames: ["tool", "code"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "waybill_tool_call_seconds",
    help: "Time of a tool call.",
    labelNames: ["tool"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  return {
    observeToolCall: ({ tool, code, milliseconds }) => {
      calls.inc({ tool, code });
      seconds.observe({ tool }, milliseconds / 1000);
    },
    expose: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
