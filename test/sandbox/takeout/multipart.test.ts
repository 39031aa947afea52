import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMultipart } from "../../../src/sandbox/takeout/files/multipart.ts";

const type = "multipart/form-data; boundary=----b";

test("reads fields and files as RFC 7578 writes them", () => {
  const body = [
    "------b",
    'Content-Disposition: form-data; name="file"; filename="a \\"b\\".png"',
    "Content-Type: image/png; charset=binary",
    "",
    "x\r\ny",
    "------b",
    'content-disposition: form-data; name="type"',
    "",
    "dish_image",
    "------b--",
    "",
  ].join("\r\n");
  expect(parseMultipart(type, Buffer.from(body))).toEqual([
    { name: "file", fileName: 'a "b".png', contentType: "image/png", bytes: Buffer.from("x\r\ny") },
    { name: "type", fileName: undefined, contentType: undefined, bytes: Buffer.from("dish_image") },
  ]);
});

test.each([
  ["no boundary", "multipart/form-data", "------b--"],
  ["another type", "application/json", "------b--"],
  ["no end", type, '------b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'],
  ["a part without a name", type, "------b\r\nContent-Disposition: form-data\r\n\r\nx\r\n------b--"],
  ["a part without headers", type, "------b\r\nx\r\n------b--"],
  ["nothing", type, ""],
])("takes no form with %s", (_, contentType, body) => {
  expect(parseMultipart(contentType, Buffer.from(body))).toBeUndefined();
});

test("gives back the bytes of any file", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 2000 }),
      fc.stringMatching(/^[\w 一-龥"]{1,30}$/),
      async (bytes, name) => {
        const form = new FormData();
        form.append("file", new Blob([new Uint8Array(bytes)]), name);
        const request = new Request("http://127.0.0.1", { method: "POST", body: form });
        const contentType = request.headers.get("content-type") ?? undefined;
        const parts = parseMultipart(contentType, new Uint8Array(await request.arrayBuffer()));
        expect(parts).toMatchObject([{ name: "file", fileName: name }]);
        expect(Buffer.from(parts?.[0]?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
      },
    ),
  );
});

test("takes any bytes without breaking", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(200), (noise, cut) => {
      const start = Buffer.from('------b\r\nContent-Disposition: form-data; name="a"\r\n\r\n').subarray(
        0,
        cut,
      );
      const parts = parseMultipart(type, Buffer.concat([start, noise]));
      expect(parts === undefined || Array.isArray(parts)).toBe(true);
    }),
  );
});
