import { type App, createApp } from "../app.ts";
import { readConfig } from "../config/config.ts";
import { readEnvironment } from "../environment.ts";
import { startFeeds } from "../feeds/start-feeds.ts";
import { createServer } from "../server.ts";
import { parseOptions, readWholeNumber } from "./parse-options.ts";

/** What `waybill --help` prints. */
export const help = `waybill: an MCP server that plans deliveries, sends them out once, and follows them

Usage: waybill [--http [--port 3920] [--host 127.0.0.1]] [--sandbox]
       waybill <command> [options]

  --http       serve Streamable HTTP at /mcp (with /healthz, /readyz, /metrics) instead of stdio
  --port N     port for --http; 0 takes any free one (default 3920)
  --host NAME  address for --http (default 127.0.0.1)
  --sandbox    use the built-in vendor sandbox with invented data; state is kept in memory unless WAYBILL_STATE is set

Commands:
  sandbox      the vendor sandbox alone
  demo         a whole dispatch day against the sandbox
  solve        the planning engine on a problem in VROOM's JSON
  doctor       checks configuration, vendors and state
  tools        the tool catalogue as served

Configuration comes from the environment and a .env file: see README.md.
`;

/** Starts one transport and ends when its client, or a signal, ends it. */
export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args, {
    http: { type: "boolean", default: false },
    port: { type: "string", default: "3920" },
    host: { type: "string", default: "127.0.0.1" },
    sandbox: { type: "boolean", default: false },
  });
  const port = readWholeNumber("--port", options.port, { minimum: 0, maximum: 65_535 });
  const sandbox = options.sandbox ? await startOwnSandbox() : undefined;
  const config = readConfig({ ...sandbox?.defaults, ...readEnvironment(), ...sandbox?.environment });
  const onListening = (url: string) => sandbox?.setCallbackUrl(new URL("/webhooks/yunji", url).href);
  const isSandbox = options.sandbox;
  try {
    if (options.http) await runHttp({ config, port, host: options.host, isSandbox, onListening });
    else await runStdio(createApp(config, { isSandbox }));
  } finally {
    await sandbox?.close();
  }
  return 0;
}

/** A state that can't be used stops the start: nobody shall find out at the first dispatch. */
async function openState(app: App): Promise<void> {
  try {
    const store = await app.store();
    await store.check();
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** In the sandbox of a server a minute passes in a second, so that somebody who tries it sees drivers arrive. */
const sandboxTimeScale = 60;

/** Five minutes of the sandbox's time, and within what its vendors allow in a minute of a client's. */
const sandboxPollSeconds = "5";

/** The sandbox takes the vendors' place; invented plans stay out of the real state file. */
async function startOwnSandbox() {
  const { startSandbox } = await import("../sandbox/sandbox.ts");
  const { environment, setCallbackUrl, close } = await startSandbox({ timeScale: sandboxTimeScale });
  const defaults = { WAYBILL_STATE: ":memory:", WAYBILL_POLL_SECONDS: sandboxPollSeconds };
  return { environment, defaults, setCallbackUrl, close };
}

async function runStdio(app: App): Promise<void> {
  await openState(app);
  const { serveStdio } = await import("../transports/stdio.ts");
  keepStdoutForProtocol();
  const server = serveStdio({
    createServer: () => createServer(app, { transport: "stdio" }),
    changes: app.changes,
    log: app.log,
  });
  if (process.stdin.isTTY) {
    process.stderr.write(
      "waybill speaks MCP on stdin and stdout and waits for a client; --help shows other ways. Ctrl-C ends it.\n",
    );
  }
  const feeds = startFeeds(app);
  await Promise.race([ended({ withStdin: true }), server.closed]);
  await server.close();
  await feeds.close();
  await app.close();
}

type HttpRun = {
  config: ReturnType<typeof readConfig>;
  port: number;
  host: string;
  isSandbox: boolean;
  /** Told the address when requests are taken. */
  onListening: (url: string) => void;
};

async function runHttp({ config, port, host, isSandbox, onListening }: HttpRun): Promise<void> {
  const [{ serveHttp }, { createMetrics }, { receiveCallbacks }] = await Promise.all([
    import("../transports/http.ts"),
    import("../metrics.ts"),
    import("../receive-callbacks.ts"),
  ]);
  const metrics = createMetrics();
  const { observeToolCall } = metrics;
  const app = createApp(config, { observeToolCall, mayReadFiles: false, isSandbox });
  await openState(app);
  const server = await serveHttp({
    port,
    host,
    createServer: (address) => createServer(app, { transport: "http", address }),
    changes: app.changes,
    metrics,
    checkReadiness: async () => (await app.store()).check(),
    webhooks: receiveCallbacks(app),
    log: app.log,
    elapsed: () => performance.now(),
  }).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  process.stderr.write(`waybill serves MCP at ${server.url}\n`);
  onListening(server.url);
  const feeds = startFeeds(app);
  await ended({ withStdin: false });
  await server.close();
  await feeds.close();
  await app.close();
}

/** Resolves at the first signal to stop, or when the client has closed its end of stdio. */
function ended({ withStdin }: { withStdin: boolean }): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
    if (!withStdin) return;
    process.stdin.once("end", resolve);
    process.stdin.once("close", resolve);
    process.stdout.once("error", () => resolve());
  });
}

/** A stray print of any package would break the protocol. */
function keepStdoutForProtocol(): void {
  console.log = console.error;
  console.info = console.error;
  console.debug = console.error;
}
