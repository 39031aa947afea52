import {
  type Connection,
  type ConnectionEvents,
  isRecord,
  parseJson,
  type SocketEndpoint,
} from "../../message.ts";
import { refuseAt } from "../reply.ts";
import type { Notice, Tenant } from "../tenant.ts";
import { timeText } from "../time.ts";
import type { World } from "../world.ts";
import { type Topic, topics } from "./topics.ts";

const policyViolation = 1008;

/** The WebSocket of notices (takeout.txt, 12): the access token is in the query, 401 without a good one. */
export function noticeSocket({ clock, tokens, tenants }: World): SocketEndpoint {
  return {
    name: "WS /ws",
    path: "/ws",
    admit: ({ query, clockOffsetMilliseconds: offset }) => {
      const identity = tokens.verify(query.get("token") ?? "", "access", clock.clientNow() + offset);
      const tenant = tenants.find(({ id }) => id === identity?.tenantId);
      if (!tenant) return { refusal: refuseAt(clock.now() + offset, { status: 401 }) };
      return { open: (connection) => serveConnection(tenant, connection) };
    },
  };
}

/**
 * Sends each notice of the topics that the connection has subscribed to. The document shows no answer to a
 * subscription: there is none, and topics that it does not name are passed over. What is no subscription ends it.
 */
function serveConnection(tenant: Tenant, connection: Connection): ConnectionEvents {
  const subscribed = new Set<Topic>();
  const tell = ({ topic, data, at }: Notice) => {
    if (subscribed.has(topic)) connection.send({ topic, data, timestamp: timeText(at) });
  };
  tenant.listeners.add(tell);
  return {
    received: (text) => {
      const wanted = subscribedTopics(text);
      if (!wanted) return connection.close(policyViolation, "expected action subscribe with topics");
      for (const topic of topics) if (wanted.includes(topic)) subscribed.add(topic);
    },
    closed: () => void tenant.listeners.delete(tell),
  };
}

/** The topics of a subscription; undefined when a message is none. */
function subscribedTopics(text: string): unknown[] | undefined {
  const message = parseJson(text);
  if (!isRecord(message) || message["action"] !== "subscribe") return undefined;
  return Array.isArray(message["topics"]) ? message["topics"] : undefined;
}
