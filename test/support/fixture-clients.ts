import { fileURLToPath } from "node:url";
import { type ClientKind, clientKinds, connectHttp, connectStdio, type TestClient } from "./clients.ts";

const stdioScript = fileURLToPath(new URL("./fixture-on-stdio.ts", import.meta.url));

export const transports = ["stdio", "http"] as const;
export type Combination = { transport: (typeof transports)[number]; kind: ClientKind };

/** Every client on every transport. */
export const combinations: Combination[] = transports.flatMap((transport) =>
  clientKinds.map((kind) => ({ transport, kind })),
);

/** Lends a client of the fixture: on stdio with a process of its own, over HTTP at `url`. */
export async function withFixtureClient(
  { transport, kind }: Combination,
  url: string,
  use: (client: TestClient) => Promise<void>,
): Promise<void> {
  const client =
    transport === "stdio" ? await connectStdio(kind, { script: stdioScript }) : await connectHttp(kind, url);
  try {
    await use(client);
  } finally {
    await client.close();
  }
}
