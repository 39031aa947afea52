import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTakeout, type TakeoutClient } from "../../../src/providers/takeout/client.ts";
import { failureOf } from "../../support/failures.ts";
import { fixture } from "../../support/fixture.ts";
import { account } from "../../support/takeout-vendor.ts";
import { createTestHttp } from "../../support/test-http.ts";

type Upload = { headers: IncomingHttpHeaders; bytes: Buffer };

let server: Server;
let takeout: TakeoutClient;
let uploads: Upload[];
let isBroken: boolean;

beforeEach(async () => {
  uploads = [];
  isBroken = false;
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const isUpload = request.method === "POST" && request.url === "/api/v1/files/upload";
    if (isUpload) uploads.push({ headers: request.headers, bytes: Buffer.concat(chunks) });
    if (isUpload && isBroken) {
      response.destroy();
      return;
    }
    response.setHeader("content-type", "application/json");
    response.end(fixture(isUpload ? "takeout/upload.json" : "takeout/login.json"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  takeout = createTakeout({ baseUrl: `http://127.0.0.1:${port}/api/v1`, ...account }, createTestHttp());
});

afterEach(async () => {
  await takeout.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff]);
const image = { type: "dish_image", fileName: "xxx.png", mimeType: "image/png", bytes: png } as const;

/** The form as a standard parser reads it. */
async function formOf({ headers, bytes }: Upload) {
  const type = headers["content-type"] ?? "";
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const file = form.get("file");
  if (!(file instanceof File)) throw new Error("The form has no file.");
  return { names: [...form.keys()], type: form.get("type"), file, bytes: await file.bytes() };
}

test("POST /api/v1/files/upload sends a form of file and type and reads where the image is", async () => {
  expect(await takeout.files.uploadImage(image)).toEqual({
    url: "https://cdn.example.com/images/xxx.jpg",
    fileName: "xxx.jpg",
    fileSizeBytes: 102400,
  });
  const [upload] = uploads;
  if (!upload) throw new Error("Nothing was uploaded.");
  expect(upload.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=[\w-]{1,70}$/);
  expect(upload.headers["content-length"]).toBe(String(upload.bytes.length));
  expect(upload.headers.authorization).toMatch(/^Bearer /);
  const form = await formOf(upload);
  expect([form.names, form.type, form.file.name, form.file.type]).toEqual([
    ["file", "type"],
    "dish_image",
    "xxx.png",
    "image/png",
  ]);
  expect(form.bytes).toEqual(png);
});

test("POST /api/v1/files/upload keeps any bytes and any file name, quotes and its own boundary included", async () => {
  // the parser decodes %22, as browsers write a quote
  const fileName = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
    .filter((name) => !/[\p{Cc}/\\]|%22/u.test(name) && name.trim() !== "" && !/^\.{1,2}$/.test(name));
  await takeout.files.uploadImage(image);
  const boundary = Buffer.from(/boundary=(.*)$/.exec(uploads[0]?.headers["content-type"] ?? "")?.[1] ?? "");
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 2_000 }),
    fc.constant(
      new Uint8Array(Buffer.from(`\r\n--${boundary}--\r\nContent-Disposition: form-data; name="type"`)),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fileName, bytes, async (name, content) => {
      uploads = [];
      await takeout.files.uploadImage({ ...image, fileName: name, bytes: content });
      const [upload] = uploads;
      if (!upload) throw new Error("Nothing was uploaded.");
      const form = await formOf(upload);
      expect(form.bytes).toEqual(content);
      expect(form.names).toEqual(["file", "type"]);
      expect(form.file.name).toBe(name);
    }),
    { numRuns: 100 },
  );
});

test("POST /api/v1/files/upload whose answer is lost is sent once", async () => {
  isBroken = true;
  expect((await failureOf(takeout.files.uploadImage(image))).code).toBe("outcome_unknown");
  expect(uploads).toHaveLength(1);
});

test("a name with a folder, another type and an empty file are refused before anything is sent", async () => {
  const bad = (fields: object) => failureOf(takeout.files.uploadImage({ ...image, ...fields }));
  const failures = await Promise.all([
    bad({ fileName: "../../etc/passwd" }),
    bad({ fileName: "a\r\nX-Evil: 1" }),
    bad({ fileName: ".." }),
    bad({ mimeType: "text/html" }),
    bad({ mimeType: "image/png\r\nX-Evil: 1" }),
    bad({ type: "avatar" }),
    bad({ bytes: new Uint8Array() }),
  ]);
  expect(failures.map(({ code, details }) => [code, details.fields])).toEqual([
    ["invalid_input", ["file_name"]],
    ["invalid_input", ["file_name"]],
    ["invalid_input", ["file_name"]],
    ["invalid_input", ["file_name"]],
    ["invalid_input", ["file_name"]],
    ["invalid_input", ["type"]],
    ["invalid_input", ["base64"]],
  ]);
  expect(uploads).toEqual([]);
});
