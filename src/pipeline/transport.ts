import { type Dispatcher, Pool } from "undici";
import { cancelled } from "../domain/failure.ts";
import { abortable } from "./abort.ts";
import { faultFailure, type Progress, type VendorLabel } from "./fault.ts";
import { writeJson } from "./json.ts";
import type { RawBody, Send, VendorAnswer, VendorRequest } from "./pipeline.ts";
import { acceptedEncodings, readBody } from "./read-body.ts";

/** Where requests go, and what an answer may cost. */
export type TransportOptions = VendorLabel & { baseUrl: string; connections: number; maxAnswerBytes: number };

/** The end of every pipeline: puts a request on the wire. Follows no redirect. */
export type Transport = {
  send: Send;
  /** Waits for open requests, then closes every connection; later requests are refused. */
  close: () => Promise<void>;
};

/** A transport over one connection pool, which is opened with the first request. */
export function createTransport(options: TransportOptions): Transport {
  let pool: Pool | undefined;
  let isClosed = false;
  const openPool = () => {
    if (isClosed) throw cancelled("The server is shutting down.");
    pool ??= new Pool(new URL(options.baseUrl).origin, { connections: options.connections });
    return pool;
  };
  const send: Send = async (request) => {
    const progress: Progress = { isSent: false };
    try {
      const dispatcher = openPool().compose(notingStart(progress));
      // undici notices an abort only once there is a connection
      const response = await abortable(dispatcher.request(wireRequest(options, request)), request.signal);
      progress.status = response.statusCode;
      return await readAnswer(options, request, response);
    } catch (error) {
      throw faultFailure(options, request, { error, progress });
    }
  };
  const close = async () => {
    const open = isClosed ? undefined : pool;
    isClosed = true;
    await open?.close();
  };
  return { send, close };
}

function wireRequest({ baseUrl }: TransportOptions, request: VendorRequest): Dispatcher.RequestOptions {
  const body = request.body ?? jsonBody(request);
  return {
    method: request.method,
    path: pathBelow(baseUrl, request),
    headers: {
      accept: "application/json",
      "accept-encoding": acceptedEncodings,
      "user-agent": "waybill",
      ...(body && { "Content-Type": body.contentType }),
      ...request.headers,
    },
    body: body?.bytes ?? null,
    signal: request.signal ?? null,
  };
}

function jsonBody({ json }: VendorRequest): RawBody | undefined {
  if (json === undefined) return undefined;
  return { contentType: "application/json", bytes: new TextEncoder().encode(writeJson(json)) };
}

/** The base URL's path, the request's path and its encoded query. */
function pathBelow(baseUrl: string, { path, query }: VendorRequest): string {
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const queryText = pairs.length === 0 ? "" : `?${pairs.join("&")}`;
  return new URL(baseUrl).pathname.replace(/\/+$/, "") + path + queryText;
}

async function readAnswer(
  options: TransportOptions,
  request: VendorRequest,
  { statusCode, headers, body }: Dispatcher.ResponseData,
): Promise<VendorAnswer> {
  const plainHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
  const wire = {
    ...options,
    chunks: body,
    encoding: plainHeaders["content-encoding"],
    maxBytes: options.maxAnswerBytes,
  };
  try {
    return { status: statusCode, headers: plainHeaders, body: await readBody(wire) };
  } catch (error) {
    const isRefusal = statusCode >= 300 && !request.signal?.aborted;
    if (!isRefusal) throw error;
    return { status: statusCode, headers: plainHeaders, body: new Uint8Array() }; // the status alone says enough
  }
}

/** Notes when a request gets its connection: until then nothing of it can have reached the vendor. */
function notingStart(progress: Progress): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => {
        progress.isSent = true;
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart: (...start) => handler.onResponseStart?.(...start),
      onResponseData: (...data) => handler.onResponseData?.(...data),
      onResponseEnd: (...end) => handler.onResponseEnd?.(...end),
      onResponseError: (...error) => handler.onResponseError?.(...error),
    });
}
