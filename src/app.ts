import { type Changes, createChanges } from "./changes.ts";
import { type Config, secretsOf } from "./config/config.ts";
import { vendorVariables } from "./config/vendor-settings.ts";
import { Failure } from "./domain/failure.ts";
import { createLog, type Log } from "./log.ts";
import type { ToolCallObservation } from "./metrics.ts";
import { createRedactor, type Redactor } from "./pipeline/redact.ts";
import type { TraceEvent } from "./pipeline/trace.ts";
import type { FleetClient } from "./providers/fleet/client.ts";
import type { MatrixClient } from "./providers/matrix/client.ts";
import type { RouteMateClient } from "./providers/routemate/client.ts";
import type { TakeoutClient } from "./providers/takeout/client.ts";
import type { TransmitClient } from "./providers/transmit/client.ts";
import type { YunjiClient } from "./providers/yunji/client.ts";
import type { planInWorker } from "./solver/plan.ts";
import type { Store } from "./state/open-store.ts";

/** What tools work with. Clients, store and solver are loaded and opened when first asked for. */
export type App = {
  config: Config;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Log;
  /** Hides every secret in what leaves the process. */
  redactor: Redactor;
  /** The vendor's client, or `not_configured`. */
  fleet: () => Promise<FleetClient>;
  routemate: () => Promise<RouteMateClient>;
  yunji: () => Promise<YunjiClient>;
  transmit: () => Promise<TransmitClient>;
  takeout: () => Promise<TakeoutClient>;
  store: () => Promise<Store>;
  /** Where travel times come from; undefined where they are estimated. */
  travel: () => Promise<MatrixClient | undefined>;
  /** Makes a plan in a worker thread. */
  makePlan: typeof planInWorker;
  /** Whether a caller may name files of this machine: over HTTP the caller may be on another. */
  mayReadFiles: boolean;
  /** Whether the vendors are the built-in sandbox's. */
  isSandbox: boolean;
  /** Told of every finished tool call. */
  observeToolCall: (call: ToolCallObservation) => void;
  /** What subscribers of plans and lists are told. */
  changes: Changes;
  /** Closes whatever was opened. */
  close: () => Promise<void>;
};

type AppOptions = {
  now?: () => number;
  observeToolCall?: App["observeToolCall"];
  isSandbox?: boolean;
  /** False where callers are not on this machine; true when left out. */
  mayReadFiles?: boolean;
  /** Takes the lines of the log; stderr in production. */
  writeLog?: (line: string) => void;
};

/** Puts the parts together. Nothing is opened, read or connected yet. */
export function createApp(config: Config, options: AppOptions = {}): App {
  const now = options.now ?? Date.now;
  const redactor = createRedactor(secretsOf(config));
  const writeLog = options.writeLog ?? ((line: string) => process.stderr.write(`${line}\n`));
  const log = createLog({ level: config.logLevel, write: writeLog, redact: redactor.text, now });
  const http = onFirstUse(async () => {
    const [{ createHttp }, { createClock }] = await Promise.all([
      import("./providers/provider.ts"),
      import("./pipeline/clock.ts"),
    ]);
    const logAttempt = (event: TraceEvent) => log.debug("vendor request", event);
    return createHttp({ clock: createClock(now), random: Math.random, log: logAttempt, redactor });
  });
  const closers: (() => Promise<void>)[] = [];
  const opened = <Part extends { close: () => Promise<void> }>(open: () => Promise<Part>) =>
    onFirstUse(async () => {
      const part = await open();
      closers.push(() => part.close());
      return part;
    });
  const { matrix } = config;
  const travel =
    matrix &&
    opened(async () => {
      const { createMatrix } = await import("./providers/matrix/client.ts");
      return createMatrix(matrix, await http());
    });
  return {
    config,
    now,
    log,
    redactor,
    fleet: opened(async () => {
      const settings = config.fleet ?? notConfigured("fleet");
      const { createFleet } = await import("./providers/fleet/client.ts");
      return createFleet(settings, await http());
    }),
    routemate: opened(async () => {
      const settings = config.routemate ?? notConfigured("routemate");
      const { createRouteMate } = await import("./providers/routemate/client.ts");
      return createRouteMate(settings, await http());
    }),
    yunji: opened(async () => {
      const settings = config.yunji ?? notConfigured("yunji");
      const { createYunji } = await import("./providers/yunji/client.ts");
      return createYunji(settings, await http());
    }),
    transmit: opened(async () => {
      const settings = config.transmit ?? notConfigured("transmit");
      const { createTransmit } = await import("./providers/transmit/client.ts");
      return createTransmit(settings, await http());
    }),
    takeout: opened(async () => {
      const settings = config.takeout ?? notConfigured("takeout");
      const { createTakeout } = await import("./providers/takeout/client.ts");
      return createTakeout(settings, await http());
    }),
    store: opened(async () => {
      const [{ openStore }, { systemSteadyClock }] = await Promise.all([
        import("./state/open-store.ts"),
        import("./state/instant.ts"),
      ]);
      const { statePath: location, recordsPersonal } = config;
      return openStore({ location, now, steadyNow: systemSteadyClock(), recordsPersonal });
    }),
    travel: async () => travel?.(),
    makePlan: async (request, watch) => {
      const [{ planInWorker }, { startAhead }] = await Promise.all([
        import("./solver/plan.ts"),
        import("./solver/waiting-threads.ts"),
      ]);
      // The next plan finds a thread that has started.
      return planInWorker(request, watch).finally(() => startAhead(1));
    },
    mayReadFiles: options.mayReadFiles ?? true,
    isSandbox: options.isSandbox ?? false,
    observeToolCall: options.observeToolCall ?? (() => {}),
    changes: createChanges(),
    close: async () => {
      await Promise.allSettled(closers.splice(0).map((close) => close()));
    },
  };
}

/** Opens once, however many calls wait; an opening that failed is tried again by the next call. */
function onFirstUse<Part>(open: () => Promise<Part>): () => Promise<Part> {
  let opening: Promise<Part> | undefined;
  return () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}

function notConfigured(vendor: keyof typeof vendorVariables): never {
  const variables = vendorVariables[vendor].join(", ");
  throw new Failure("not_configured", `The vendor ${vendor} is not configured.`, {
    hint: `Set ${variables} and start again, or start with --sandbox to try it with invented data.`,
    vendor,
  });
}
