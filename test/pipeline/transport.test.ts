import { once } from "node:events";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTransport, type Transport } from "../../src/pipeline/transport.ts";
import { failureOf } from "../support/failures.ts";
import { readRequest, writeRequest } from "../support/vendor-request.ts";
import {
  cut,
  html,
  json,
  reset,
  silence,
  startVendorServer,
  type VendorServer,
} from "../support/vendor-server.ts";

let server: VendorServer;
let transport: Transport;

const open = (baseUrl: string, maxAnswerBytes = 100_000) =>
  createTransport({ vendor: "fleet", label: "The fleet system", baseUrl, connections: 2, maxAnswerBytes });

beforeEach(async () => {
  server = await startVendorServer();
  transport = open(`${server.url}/api/v2/ai/`);
});

afterEach(async () => {
  await server.close();
  await transport.close();
});

const text = (body: Uint8Array) => new TextDecoder().decode(body);

test("a request goes to the path below the base URL, its query encoded and in order, its headers as given", async () => {
  await transport.send(
    writeRequest({
      path: "/orders/%E7%B2%A4/",
      query: [
        ["area", "华东 & 华南"],
        ["a+b", "1/2"],
      ],
      headers: { "Idempotency-Key": "k-1" },
      json: { orderSN: 9007199254740993n, note: "条" },
    }),
  );
  const [received] = server.requests;
  expect(received?.method).toBe("POST");
  expect(received?.url).toBe(
    "/api/v2/ai/orders/%E7%B2%A4/?area=%E5%8D%8E%E4%B8%9C%20%26%20%E5%8D%8E%E5%8D%97&a%2Bb=1%2F2",
  );
  expect(received?.headers).toMatchObject({ "Content-Type": "application/json", "Idempotency-Key": "k-1" });
  expect(received?.body).toBe('{"orderSN":9007199254740993,"note":"条"}');
});

test("a body that its client wrote is sent as it is, under its own type", async () => {
  const bytes = new Uint8Array(Array.from({ length: 256 }, (_, index) => index));
  const body = { contentType: "multipart/form-data; boundary=b", bytes };
  let received: Buffer | undefined;
  const raw = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received = Buffer.concat(chunks);
    response.end(JSON.stringify(request.headers));
  });
  raw.listen(0, "127.0.0.1");
  await once(raw, "listening");
  const address = raw.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const other = open(`http://127.0.0.1:${port}`);
  const answer = await other.send(readRequest({ method: "POST", body }));
  await other.close();
  raw.close();
  expect(received).toEqual(Buffer.from(bytes));
  expect(JSON.parse(text(answer.body))).toMatchObject({
    "content-type": "multipart/form-data; boundary=b",
    "content-length": "256",
  });
});

test("a read carries neither body nor content type", async () => {
  await transport.send(readRequest());
  expect(server.requests[0]?.body).toBe("");
  expect(Object.keys(server.requests[0]?.headers ?? {})).not.toContain("Content-Type");
});

test("a compressed answer is read, and one that unpacks to too much is refused", async () => {
  server.answer((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"name":"大卡车"}'));
  });
  expect(text((await transport.send(readRequest())).body)).toBe('{"name":"大卡车"}');
  server.answer((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(5_000_000)));
  });
  expect((await failureOf(transport.send(readRequest()))).code).toBe("bad_response");
  server.answer((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip at all");
  });
  expect((await failureOf(transport.send(readRequest()))).code).toBe("bad_response");
  server.answer((_request, response) => {
    response.writeHead(200, { "content-encoding": "zstd" }).end("?");
  });
  expect((await failureOf(transport.send(readRequest()))).code).toBe("bad_response");
});

test("an answer is read no further than its limit", async () => {
  let sent = 0;
  server.answer((_request, response) => {
    const chunk = Buffer.alloc(65_536);
    const more = () => {
      while (!response.destroyed && sent < 50_000_000) {
        sent += chunk.length;
        if (!response.write(chunk)) return void response.once("drain", more);
      }
    };
    more();
  });
  const failure = await failureOf(transport.send(readRequest()));
  expect(failure.code).toBe("bad_response");
  expect(failure.message).toContain("97 KiB");
  expect(sent).toBeLessThan(50_000_000);
});

test("a redirect is an answer, not a way to go", async () => {
  server.answer((_request, response) => {
    response.writeHead(302, { location: `${server.url}/elsewhere` }).end();
  });
  expect((await transport.send(readRequest())).status).toBe(302);
  expect(server.requests).toHaveLength(1);
});

test("a refusal whose body is cut or too long is a refusal all the same", async () => {
  server.answer((_request, response) => {
    response.writeHead(404, { "content-length": "100" });
    response.write("{", () => response.destroy());
  });
  expect((await transport.send(readRequest())).status).toBe(404);
  server.answer(json(500, "x".repeat(200_000)));
  expect((await transport.send(readRequest())).status).toBe(500);
});

test.each([
  ["reset", reset, "unavailable"],
  ["cut", cut, "bad_response"],
] as const)(
  "a read whose answer is %s fails as %3$s, a write leaves its outcome open",
  async (_name, answer, code) => {
    server.answer(answer);
    const failure = await failureOf(transport.send(readRequest()));
    expect(failure.code).toBe(code);
    const write = await failureOf(transport.send(writeRequest({ settledBy: "Look at the list." })));
    expect([write.code, write.details.hint]).toEqual(["outcome_unknown", "Look at the list."]);
    server.answer(html(200));
    expect((await transport.send(readRequest())).status).toBe(200);
  },
);

test.each([
  ["nobody listens", "http://127.0.0.1:1"],
  ["the name is unknown", "http://vendor.invalid"],
])("a write that never left because %s is unavailable, not unknown", async (_name, url) => {
  const closed = open(url);
  const failure = await failureOf(closed.send(writeRequest()));
  expect(failure.code).toBe("unavailable");
  expect(failure.details.httpStatus).toBeUndefined();
  await closed.close();
});

test("a call that was given up before it started sends nothing", async () => {
  const failure = await failureOf(transport.send(writeRequest({ signal: AbortSignal.abort() })));
  expect(failure.code).toBe("cancelled");
  expect(server.requests).toHaveLength(0);
});

test("a call that is given up while it waits for a connection is cancelled, one under way at once", async () => {
  server.answer(silence);
  const caller = new AbortController();
  const calls = Array.from({ length: 3 }, () =>
    failureOf(transport.send(writeRequest({ signal: caller.signal }))),
  );
  await expect.poll(() => server.requests.length).toBe(2);
  caller.abort();
  const codes = (await Promise.all(calls)).map(({ code }) => code);
  expect(codes.sort()).toEqual(["cancelled", "outcome_unknown", "outcome_unknown"]);
  expect(server.requests).toHaveLength(2);
});

test("a call that is given up in the middle of the answer is cancelled", async () => {
  const caller = new AbortController();
  server.answer((_request, response) => {
    response.writeHead(200);
    response.write("{", () => caller.abort());
  });
  expect((await failureOf(transport.send(readRequest({ signal: caller.signal })))).code).toBe("cancelled");
});

test("a header that cannot be sent is our own mistake", async () => {
  const failure = await failureOf(transport.send(readRequest({ headers: { "X-Key": "two\r\nlines" } })));
  expect(failure.code).toBe("internal");
  expect(server.requests).toHaveLength(0);
});

test("closing waits for open requests and refuses later ones", async () => {
  server.answer((_request, response) => setTimeout(() => response.end("{}"), 30));
  const underWay = transport.send(readRequest());
  await expect.poll(() => server.requests.length).toBe(1);
  await transport.close();
  expect((await underWay).status).toBe(200);
  expect((await failureOf(transport.send(readRequest()))).code).toBe("cancelled");
});
