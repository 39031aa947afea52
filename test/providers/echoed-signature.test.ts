import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import { createTransmit } from "../../src/providers/transmit/client.ts";
import { createYunji } from "../../src/providers/yunji/client.ts";
import { createTestHttp } from "../support/test-http.ts";
import { handlers, startVendorServer, type VendorServer } from "../support/vendor-server.ts";

let server: VendorServer;
const signatures: string[] = [];

/** A vendor that says which signature it saw, in plain and percent-encoded. */
const echoes = http.all("*", ({ request }) => {
  const { searchParams } = new URL(request.url);
  const signature = searchParams.get("sign") ?? searchParams.get("signature") ?? "";
  signatures.push(signature);
  const message = `computed X, got ${signature} or ${encodeURIComponent(signature)}`;
  return HttpResponse.json(
    { code: 99_999, message, state_code: 422, state_message: message },
    { status: 422 },
  );
});

beforeEach(async () => {
  signatures.length = 0;
  server = await startVendorServer();
  server.answer(handlers(echoes));
});
afterEach(() => server.close());

const calls = {
  yunji: async () => {
    const config = { accessKeyId: "id", accessKeySecret: "secret", storeId: "s", signing: "json" } as const;
    const yunji = createYunji({ ...config, baseUrl: server.url }, createTestHttp());
    return yunji.listPositions().finally(yunji.close);
  },
  transmit: async () => {
    const config = { token: "token", salt: "salt", signPrefix: "", signScheme: "md5" } as const;
    const transmit = createTransmit({ ...config, baseUrl: server.url }, createTestHttp());
    return transmit.getTracking("11029").finally(transmit.close);
  },
};

test.each(Object.entries(calls))(
  "%s' signature does not come back in what the vendor says",
  async (_, call) => {
    const failure = await call().catch((thrown: unknown) => thrown);
    if (!(failure instanceof Failure)) throw new Error("the vendor did not refuse");
    expect(failure.details.vendorMessage).toBe("computed X, got [redacted] or [redacted]");
    expect(signatures.length).toBeGreaterThan(0);
    const told = JSON.stringify([failure.message, failure.details]);
    expect(signatures.filter((signature) => signature !== "" && told.includes(signature))).toEqual([]);
  },
);
