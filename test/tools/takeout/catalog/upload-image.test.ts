import { createHash } from "node:crypto";
import { realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { uploadImage } from "../../../../src/tools/takeout/catalog/upload-image.ts";
import { type CatalogDesk, openCatalogDesk } from "../../../support/catalog-desk.ts";
import { type CatalogVendor, startCatalogVendor } from "../../../support/catalog-vendor.ts";
import { failureOf } from "../../../support/failures.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const png = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const named = { type: "dish_image", file_name: "dish.png" };

let vendor: CatalogVendor;
let desk: CatalogDesk;
beforeEach(async () => {
  vendor = await startCatalogVendor();
  desk = await openCatalogDesk(vendor.environment);
});

async function refusalOf(args: Record<string, unknown>) {
  const failure = await failureOf(desk.call(uploadImage, { ...named, ...args }));
  expect(vendor.writes()).toEqual([]);
  return {
    code: failure.code,
    fields: failure.details.fields,
    said: `${failure.message} ${failure.details.hint}`,
  };
}

describe("upload_image", () => {
  test("sends an image as a form and gives its address", async () => {
    const { data, text } = await desk.call(uploadImage, { ...named, base64: png.toString("base64") });
    expect(data).toEqual({
      url: "https://cdn.example.com/images/1.jpg",
      file_name: "1.jpg",
      file_size_bytes: 102400,
      mime_type: "image/png",
    });
    expect(text).toContain("https://cdn.example.com/images/1.jpg");
    const [form = ""] = vendor.uploads;
    expect(form).toContain('name="file"; filename="dish.png"\r\nContent-Type: image/png\r\n\r\n');
    expect(form).toContain('name="type"\r\n\r\ndish_image\r\n');
  });

  test("sends a file that the caller names", async () => {
    const path = join(realpathSync(temporaryFolder()), "x");
    writeFileSync(path, png);
    const { data } = await desk.call(uploadImage, { ...named, path });
    expect(data).toMatchObject({ mime_type: "image/png" });
    expect(vendor.uploads).toHaveLength(1);
  });

  test("names the file after what it is", async () => {
    await desk.call(uploadImage, { ...named, file_name: "menu.html", base64: png.toString("base64") });
    expect(vendor.uploads[0]).toContain('filename="menu.html.png"');
  });

  test("reads no file over HTTP, not even to say whether it is there", async () => {
    desk = await openCatalogDesk(vendor.environment, { mayReadFiles: false });
    const folder = realpathSync(temporaryFolder());
    writeFileSync(join(folder, "there.png"), png);
    const there = await refusalOf({ path: join(folder, "there.png") });
    expect(there).toMatchObject({ code: "invalid_input", fields: ["path"] });
    expect(await refusalOf({ path: join(folder, "nothing.png") })).toEqual(there);
    expect(await refusalOf({})).toMatchObject({ fields: ["path", "base64"] });
    await desk.call(uploadImage, { ...named, base64: png.toString("base64") });
    expect(vendor.uploads).toHaveLength(1);
  });

  test("follows no link", async () => {
    const folder = realpathSync(temporaryFolder());
    writeFileSync(join(folder, "there.png"), png);
    symlinkSync(join(folder, "there.png"), join(folder, "link.png"));
    expect(await refusalOf({ path: join(folder, "link.png") })).toMatchObject({ fields: ["path"] });
  });

  test("takes exactly one of path and base64", async () => {
    const both = { path: "/x.png", base64: png.toString("base64") };
    for (const args of [{}, both]) {
      expect(await refusalOf(args)).toMatchObject({ code: "invalid_input", fields: ["path", "base64"] });
    }
  });

  test("uploads no file that is no image, and tells nothing of what is in it", async () => {
    const path = join(realpathSync(temporaryFolder()), "dish.png");
    writeFileSync(path, "PASSWORD=letmein");
    const refusal = await refusalOf({ path });
    expect(refusal).toMatchObject({ code: "invalid_input", fields: ["path"] });
    expect(refusal.said).not.toContain("letmein");
    expect(await refusalOf({ base64: Buffer.from("<svg/>").toString("base64") })).toMatchObject({
      fields: ["base64"],
    });
  });

  test.each([
    ["a data: prefix", `data:image/png;base64,${png.toString("base64")}`],
    ["a line break", `${png.toString("base64")}\n`],
    ["the alphabet of addresses", Buffer.from([137, 80, 78, 71, 255, 255]).toString("base64url")],
    [
      "no padding",
      Buffer.concat([png, Buffer.of(1, 2)])
        .toString("base64")
        .replace(/=+$/, ""),
    ],
    ["bits that mean nothing", png.toString("base64").replace(/o=$/, "p=")],
    ["junk", "!!!!"],
  ])("takes no base64 with %s", async (_what, base64) => {
    expect(await refusalOf({ base64 })).toMatchObject({ code: "invalid_input", fields: ["base64"] });
  });

  test("takes no base64 of more than 5 MB", async () => {
    const base64 = Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]).toString("base64");
    expect(await refusalOf({ base64 })).toMatchObject({ code: "invalid_input", fields: ["base64"] });
  });

  test.each([
    "../x.png",
    "a/b.png",
    "a\\b.png",
    "C:x.png",
    "..",
    ".",
    "",
    " x.png",
    "x\u0000.png",
    "x\r\ny.png",
    "gnp.\u202Exe",
  ])("takes no file name such as %j", async (file_name) => {
    const refusal = await refusalOf({ file_name, base64: png.toString("base64") });
    expect(refusal).toMatchObject({ code: "invalid_input", fields: ["file_name"] });
  });

  test("sends exactly the bytes that were encoded", async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (rest) => {
      const bytes = Buffer.concat([Buffer.from("GIF89a"), rest]);
      await desk.call(uploadImage, {
        ...named,
        base64: bytes.toString("base64"),
        request_id: `${vendor.uploads.length}`,
      });
      expect(vendor.uploads.at(-1)).toContain(`\r\n\r\n${bytes.toString("utf8")}\r\n--`);
    });
    await fc.assert(property, { numRuns: 30 });
  });

  test("leaves the image's hash in the ledger and not the image", async () => {
    const image = Buffer.concat([png, Buffer.alloc(3_000, "secret")]);
    await desk.call(uploadImage, { ...named, base64: image.toString("base64") });
    const { items } = await (await desk.app.store()).writes.list({ limit: 10 });
    expect(items[0]?.arguments).toEqual({
      type: "dish_image",
      fileName: "[personal]",
      sizeBytes: 3_008,
      sha256: createHash("sha256").update(image).digest("hex"),
    });
  });

  test("takes the same image again for a repeat, and another one for another", async () => {
    const [one, other] = [png, Buffer.concat([png, Buffer.of(1)])].map((image) => image.toString("base64"));
    const first = await desk.call(uploadImage, { ...named, base64: one });
    expect((await desk.call(uploadImage, { ...named, base64: one })).data).toEqual({
      ...first.data,
      repeated: true,
    });
    await desk.call(uploadImage, { ...named, base64: other });
    expect(vendor.uploads).toHaveLength(2);
  });
});
