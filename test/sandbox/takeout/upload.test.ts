import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { type Client, holdings, runningTakeout, signIn, variable } from "./running-takeout.ts";

const takeout = runningTakeout();
let client: Client;
beforeEach(async () => {
  client = await signIn(takeout());
});

/** The smallest PNG: one transparent point. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

async function post(body: string | FormData, headers: Record<string, string> = {}) {
  const response = await fetch(`${variable(takeout(), "TAKEOUT_BASE_URL")}/files/upload`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${client.token}`,
      "x-tenant-id": variable(takeout(), "TAKEOUT_TENANT_ID"),
      ...headers,
    },
    body,
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

type Upload = { bytes?: Uint8Array<ArrayBuffer>; contentType?: string; type?: string | null; field?: string };

function upload({
  bytes = new Uint8Array(png),
  contentType = "image/png",
  type = "dish_image",
  field = "file",
}: Upload) {
  const form = new FormData();
  form.append(field, new Blob([bytes], { type: contentType }), "宫保鸡丁.png");
  if (type !== null) form.append("type", type);
  return post(form);
}

describe("POST /api/v1/files/upload", () => {
  test.each(["dish_image", "merchant_logo", "user_avatar", "review_image"])("takes a %s", async (type) => {
    const { status, body } = await upload({ type });
    expect(status).toBe(200);
    expect(body.data).toEqual({
      url: expect.stringMatching(/^https:\/\/cdn\.example\.com\/images\/[0-9a-f-]{36}\.png$/),
      fileName: expect.stringMatching(/^[0-9a-f-]{36}\.png$/),
      fileSize: png.length,
    });
    expect((await holdings(takeout())).files.at(-1)).toMatchObject({
      type,
      fileSize: png.length,
      sha256: createHash("sha256").update(png).digest("hex"),
    });
  });

  test("keeps every byte, also those that look like a boundary or a line's end", async () => {
    const bytes = new Uint8Array(Buffer.concat([png, Buffer.from("\r\n--\r\n----x--\r\n\0\xff", "latin1")]));
    await upload({ bytes });
    expect((await holdings(takeout())).files.at(-1).sha256).toBe(
      createHash("sha256").update(bytes).digest("hex"),
    );
  });

  test.each<[string, Upload, string]>([
    ["an unknown type", { type: "menu" }, "type"],
    ["no type", { type: null }, "type"],
    ["no file", { field: "image" }, "file"],
    ["a text", { contentType: "text/plain" }, "file"],
    ["a text that calls itself a picture", { bytes: new Uint8Array(Buffer.from("hello")) }, "file"],
    ["a PNG that calls itself a JPEG", { contentType: "image/jpeg" }, "file"],
    ["nothing", { bytes: new Uint8Array() }, "file"],
    ["more than 5 MiB", { bytes: new Uint8Array(Buffer.concat([png, Buffer.alloc(5 * 2 ** 20)])) }, "file"],
  ])("refuses %s by name", async (_, file, field) => {
    expect(await upload(file)).toMatchObject({ status: 400, body: { success: false, errors: [{ field }] } });
    expect((await holdings(takeout())).files).toEqual([]);
  });

  test("refuses what is no form, or is cut", async () => {
    const type = { "content-type": "multipart/form-data; boundary=b" };
    expect((await post("{}", { "content-type": "application/json" })).status).toBe(400);
    expect((await post("", type)).status).toBe(400);
    const part = '--b\r\nContent-Disposition: form-data; name="type"\r\n\r\ndish_image';
    expect((await post(part, type)).body.errors).toMatchObject([{ field: "body" }]);
    expect((await post(`${part}\r\n--b--\r\n`, type)).body.errors).toMatchObject([{ field: "file" }]);
  });

  test("wants a token", async () => {
    expect((await post(new FormData(), { authorization: "" })).status).toBe(401);
  });
});
