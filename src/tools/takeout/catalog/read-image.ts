import { constants, type FileHandle, lstat, open, realpath } from "node:fs/promises";
import { Failure } from "../../../domain/failure.ts";

/** The largest image that is uploaded: 5 MB. */
export const mostImageBytes = 5 * 1024 * 1024;

/** A link at the end is refused by the open itself, and no open waits for somebody to write into a pipe. */
const openFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * The bytes of the one file that the caller named. It must be a regular file, at most `mostImageBytes` long, named by
 * its real path: neither it nor a folder on the way may be a symbolic link, so that no link that somebody laid leads
 * the upload to another file. Fails with `invalid_input` that names `path`.
 */
export async function readImageFile(path: string): Promise<Uint8Array> {
  try {
    // Before it is opened, because opening a device can have effects, and after, because a link may have come between.
    const before = await lookAt(path);
    await using file = await open(path, openFlags);
    const opened = await file.stat({ bigint: true });
    const after = await lookAt(path);
    if (!isSameFile(before, opened) || !isSameFile(opened, after)) throw throughLink();
    return await readWhole(file);
  } catch (error) {
    throw explain(error);
  }
}

/** What makes a file the same one under whatever name. */
type Identity = { dev: bigint; ino: bigint };

/** The identity of a file that may be read; fails for any other. */
async function lookAt(path: string): Promise<Identity> {
  if ((await realpath(path)) !== path) throw throughLink();
  const stats = await lstat(path, { bigint: true });
  if (!stats.isFile()) throw wrongPath("`path` is no regular file.", "Name one image file by its path.");
  if (stats.size > mostImageBytes) throw tooLarge();
  return stats;
}

function isSameFile(one: Identity, other: Identity): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

/** Reads to the end, however much the file has grown since its size was seen, and no further than is taken. */
async function readWhole(file: FileHandle): Promise<Uint8Array> {
  const buffer = new Uint8Array(mostImageBytes + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    length += bytesRead;
    if (length > mostImageBytes) throw tooLarge();
    if (bytesRead === 0) return buffer.slice(0, length);
  }
}

function throughLink(): Failure {
  return wrongPath(
    "`path` leads through a symbolic link or is not written out in full.",
    "Name the file by its real path, from the root and without links, `.` or `..` (`realpath` prints it).",
  );
}

function tooLarge(): Failure {
  return wrongPath(
    `The file is larger than ${mostImageBytes / 1024 / 1024} MB.`,
    "Make the image smaller, then upload it.",
  );
}

/** What the system says when it can't open a file, in our words; what is no such error stays as it is. */
function explain(error: unknown): unknown {
  if (error instanceof Failure || !(error instanceof Error && "code" in error)) return error;
  const { code } = error;
  if (code === "ELOOP") return throughLink();
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") {
    return wrongPath(
      "There is no file at `path`.",
      "Give the file's full path on the machine that runs Waybill.",
    );
  }
  return wrongPath("The file at `path` can't be read.", "Check that Waybill's user may read it.");
}

function wrongPath(message: string, hint: string): Failure {
  return new Failure("invalid_input", message, { hint, fields: ["path"] });
}
