import { InMemoryServerEventBus } from "@modelcontextprotocol/server";
import { serveStdio } from "../../src/transports/stdio.ts";
import { createFixtureServer } from "../conformance/fixture.ts";

/** A process that serves the fixture through the product's own stdio transport; it ends with its stdin. */
const changes = new InMemoryServerEventBus();
const warn = (message: string) => process.stderr.write(`${message}\n`);
serveStdio({
  createServer: () => createFixtureServer(changes),
  changes,
  log: { debug: warn, info: warn, warn, error: warn },
});
