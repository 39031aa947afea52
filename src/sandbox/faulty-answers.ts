import type { ServerResponse } from "node:http";
import type { Fault, FaultKind } from "./faults.ts";
import type { Answer, Vendor } from "./message.ts";
import { answerText, sendAnswer, sendText } from "./send.ts";

/** A request that meets a fault. `commit` does what the endpoint would have done and gives its answer. */
export type FaultyCall = {
  fault: Fault;
  vendor: Vendor;
  response: ServerResponse;
  commit: () => Promise<Answer>;
};

/** What was sent: the status, or null when the connection went before one. */
export type SentStatus = number | null;

/** What each fault does. Where `commit` is called the vendor has done the work, whatever the client sees. */
const deliveries: Record<FaultKind, (call: FaultyCall) => Promise<SentStatus>> = {
  answer_lost: async ({ commit, response }) => {
    await commit();
    response.destroy();
    return null;
  },
  error_500_before: async ({ vendor, response }) => sendAnswer(response, vendor.refuse({ status: 500 })),
  error_500_after: async ({ commit, vendor, response }) => {
    await commit();
    return sendAnswer(response, vendor.refuse({ status: 500 }));
  },
  rate_limited: async ({ fault, vendor, response }) =>
    sendAnswer(response, vendor.refuse({ status: 429, retryAfterSeconds: fault.retryAfterSeconds })),
  late: async ({ fault, commit, response }) => {
    const answer = await commit();
    await pause(fault.delaySeconds);
    return response.destroyed ? null : sendAnswer(response, answer);
  },
  cut: async ({ commit, response }) => sendHalf(response, await commit()),
  html: async ({ fault, response }) =>
    sendText(response, fault.status, "text/html", "<html><body><h1>Bad Gateway</h1></body></html>"),
  wrong_shape: async ({ commit, response }) => {
    const { status, body } = await commit();
    return sendAnswer(response, { status, body: { payload: [body] } });
  },
  not_json: async ({ commit, response }) => {
    const { status } = await commit();
    return sendText(response, status, "application/json", "OK: request accepted");
  },
  unauthorized: async ({ vendor, response }) => sendAnswer(response, vendor.refuse({ status: 401 })),
  forbidden: async ({ vendor, response }) => sendAnswer(response, vendor.refuse({ status: 403 })),
  // the endpoint was told of the wrong clock, and the answer's Date header shows it
  clock_off: async ({ commit, response }) => sendAnswer(response, await commit()),
  huge: async ({ commit, response }) => {
    await commit();
    return sendHuge(response);
  },
};

/** Answers as the fault says; gives the status that was sent. */
export function deliverFault(call: FaultyCall): Promise<SentStatus> {
  return deliveries[call.fault.kind](call);
}

/** A timer that keeps no process alive: the listening server does that. */
function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000).unref();
  });
}

function sendHalf(response: ServerResponse, { status, body }: Answer): Promise<SentStatus> {
  const bytes = Buffer.from(answerText(body ?? null));
  response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length });
  return new Promise((resolve) => {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
      response.destroy();
      resolve(status);
    });
  });
}

const hugeChunk = Buffer.alloc(2 ** 20, "x");
const hugeChunks = 128;

/** 128 MiB of JSON without a length, ended early by a client that hangs up. */
async function sendHuge(response: ServerResponse): Promise<SentStatus> {
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"padding":"');
  for (let sent = 0; sent < hugeChunks && !response.destroyed; sent++) {
    await new Promise((resolve) => response.write(hugeChunk, resolve));
  }
  response.end('"}');
  return 200;
}
