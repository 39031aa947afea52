import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { NodeStreamableHTTPServerTransport } from "@modelcontextprotocol/node";
import type { McpServer, ServerEventBus } from "@modelcontextprotocol/server";
import { forwardChanges } from "../subscriptions.ts";

/** What bounds the sessions of 2025-era clients; when full, the one unused for longest makes room. */
const maximumSessions = 256;
const idleMilliseconds = 30 * 60_000;

/** A session is in use while an answer or a stream of it is open. */
type Session = { transport: NodeStreamableHTTPServerTransport; openResponses: number; lastUsedAt: number };

type SessionsOptions = {
  createServer: (address: string | undefined) => McpServer;
  changes: ServerEventBus;
  /** Milliseconds since some moment, by a clock that nobody can set. */
  elapsed: () => number;
};

/** Sessions of older clients: with one they get elicitation, cancellation and resource updates. */
export type Sessions = {
  /** The transport that is to answer with `response`. */
  find: (sessionId: string, response: ServerResponse) => NodeStreamableHTTPServerTransport | undefined;
  /** A transport that becomes a session when it has answered `initialize` with `response`. */
  open: (response: ServerResponse) => Promise<NodeStreamableHTTPServerTransport>;
  close: () => Promise<void>;
};

/** Keeps the sessions of one endpoint. */
export function createSessions(options: SessionsOptions): Sessions {
  const { elapsed } = options;
  const sessions = new Map<string, Session>();
  const end = async (sessionId: string) => {
    const session = sessions.get(sessionId);
    sessions.delete(sessionId);
    await session?.transport.close();
  };
  const expire = () => {
    const surplus = Math.max(0, sessions.size - maximumSessions);
    const expired = [...sessions]
      .sort(([, a], [, b]) => byUse(a, b))
      .filter(([, session], index) => index < surplus || isExpired(session, elapsed()));
    return Promise.allSettled(expired.map(([sessionId]) => end(sessionId)));
  };
  const sweeper = setInterval(() => void expire(), 60_000).unref();
  return {
    find: (sessionId, response) => {
      const session = sessions.get(sessionId);
      if (session) markInUse(session, response, elapsed);
      return session?.transport;
    },
    open: async (response) => {
      const transport = new NodeStreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (sessionId) => {
          const session = { transport, openResponses: 0, lastUsedAt: elapsed() };
          markInUse(session, response, elapsed);
          sessions.set(sessionId, session);
          void expire();
        },
        onsessionclosed: (sessionId) => void sessions.delete(sessionId),
      });
      await connect(transport, response, options);
      return transport;
    },
    close: async () => {
      clearInterval(sweeper);
      await Promise.allSettled([...sessions.keys()].map(end));
    },
  };
}

/** Puts a server behind the transport, and away again when its opening is refused. */
async function connect(
  transport: NodeStreamableHTTPServerTransport,
  response: ServerResponse,
  { createServer, changes }: SessionsOptions,
): Promise<void> {
  const server = createServer(response.socket?.remoteAddress);
  forwardChanges(server, { era: "legacy", changes });
  await server.connect(transport);
  response.once("close", () => {
    const isRefused = transport.sessionId === undefined;
    if (isRefused) void transport.close();
  });
}

function markInUse(session: Session, response: ServerResponse, elapsed: () => number): void {
  session.openResponses += 1;
  response.once("close", () => {
    session.openResponses -= 1;
    session.lastUsedAt = elapsed();
  });
}

function isExpired({ openResponses, lastUsedAt }: Session, now: number): boolean {
  return openResponses === 0 && now - lastUsedAt > idleMilliseconds;
}

/** Those that nobody listens to come first, and of them the one unused for longest. */
function byUse(a: Session, b: Session): number {
  return Math.sign(a.openResponses) - Math.sign(b.openResponses) || a.lastUsedAt - b.lastUsedAt;
}
