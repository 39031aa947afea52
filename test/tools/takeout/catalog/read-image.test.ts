import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  realpathSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { mostImageBytes, readImageFile } from "../../../../src/tools/takeout/catalog/read-image.ts";
import { failureOf } from "../../../support/failures.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

let folder: string;
beforeEach(() => {
  // The system's folder for temporary files may itself be reached through a link.
  folder = realpathSync(temporaryFolder());
});

const secret = () => {
  const path = join(folder, "secret");
  writeFileSync(path, "secret");
  return path;
};

async function refusalOf(path: string): Promise<string> {
  const failure = await failureOf(readImageFile(path));
  expect(failure.code).toBe("invalid_input");
  expect(failure.details.fields).toEqual(["path"]);
  expect(`${failure.message}${failure.details.hint}`).not.toContain(folder);
  return failure.message;
}

describe("a file that is uploaded", () => {
  test("is read whole, up to the largest size and no further", async () => {
    const path = join(folder, "菜 品.png");
    writeFileSync(path, new Uint8Array(mostImageBytes).fill(7));
    const bytes = await readImageFile(path);
    expect(bytes.length).toBe(mostImageBytes);
    expect(bytes.every((byte) => byte === 7)).toBe(true);
    appendFileSync(path, "x");
    expect(await refusalOf(path)).toContain("larger than 5 MB");
  });

  test("is refused by its size before it is read, however large it claims to be", async () => {
    const path = join(folder, "sparse");
    writeFileSync(path, "");
    truncateSync(path, 2 ** 40);
    expect(await refusalOf(path)).toContain("larger than 5 MB");
  });

  test("is no symbolic link, wherever it leads", async () => {
    const link = join(folder, "dish.png");
    symlinkSync(secret(), link);
    expect(await refusalOf(link)).toContain("symbolic link");
    const inside = join(folder, "inside.png");
    symlinkSync("secret", inside);
    expect(await refusalOf(inside)).toContain("symbolic link");
  });

  test("is not reached through a folder that is a symbolic link", async () => {
    mkdirSync(join(folder, "private"));
    writeFileSync(join(folder, "private", "dish.png"), "x");
    symlinkSync(join(folder, "private"), join(folder, "public"));
    expect(await refusalOf(join(folder, "public", "dish.png"))).toContain("symbolic link");
    expect(await readImageFile(join(folder, "private", "dish.png"))).toHaveLength(1);
  });

  test.each([
    ["a path with ..", (path: string) => path.replace(/secret$/, "x/../secret")],
    ["a path with .", (path: string) => path.replace(/secret$/, "./secret")],
    ["a doubled slash", (path: string) => path.replace(/secret$/, "/secret")],
  ])("is not named by %s", async (_how, bend) => {
    const path = secret();
    mkdirSync(join(folder, "x"));
    expect(await refusalOf(bend(path))).toContain("not written out in full");
  });

  test("is not named relative to wherever the server was started", async () => {
    expect(await refusalOf("package.json")).toContain("not written out in full");
  });

  test("may have a second name: a hard link is the file itself", async () => {
    const path = join(folder, "second");
    linkSync(secret(), path);
    expect(await readImageFile(path)).toHaveLength(6);
  });

  test.skipIf(process.platform === "win32")("is no pipe, and nobody waits for one", async () => {
    const path = join(folder, "pipe");
    execFileSync("mkfifo", [path]);
    expect(await refusalOf(path)).toContain("no regular file");
  });

  test.skipIf(process.platform === "win32")("is no device", async () => {
    expect(await refusalOf("/dev/zero")).toContain("no regular file");
  });

  test("is no folder", async () => {
    expect(await refusalOf(folder)).toContain("no regular file");
  });

  test("is there", async () => {
    expect(await refusalOf(join(folder, "nothing.png"))).toContain("no file");
    expect(await refusalOf(join(secret(), "below.png"))).toContain("no file");
    expect(await refusalOf(join(folder, "x".repeat(300)))).toContain("no file");
  });
});
