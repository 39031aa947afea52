import type { VendorAnswer, VendorRequest } from "../../src/pipeline/pipeline.ts";

/** A read with nothing special about it. */
export function readRequest(fields: Partial<VendorRequest> = {}): VendorRequest {
  return {
    method: "GET",
    path: "/",
    query: [],
    headers: {},
    isWrite: false,
    isRepeatable: true,
    attempt: 1,
    ...fields,
  };
}

/** A write that the vendor would do again if it came again. */
export function writeRequest(fields: Partial<VendorRequest> = {}): VendorRequest {
  return readRequest({ method: "POST", json: {}, isWrite: true, isRepeatable: false, ...fields });
}

/** An answer as the transport gives it. */
export function vendorAnswer(
  status: number,
  body = "{}",
  headers: Record<string, string> = {},
): VendorAnswer {
  return { status, headers, body: new TextEncoder().encode(body) };
}
