import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import type { Instance } from "./instance.ts";
import { readRich } from "./read-rich.ts";
import { readSolomon } from "./read-solomon.ts";
import { readVrplib } from "./read-vrplib.ts";

const readers: Record<string, (text: string, name: string) => Instance> = {
  ".vrp": readVrplib,
  ".txt": readSolomon,
  ".json": readRich,
};

/** Reads an instance in the format that its extension tells. Throws when the file holds what the reader does not know. */
export function readInstance(path: string): Instance {
  const extension = extname(path);
  const read = readers[extension];
  if (!read) throw new Error(`${path}: no reader for ${extension} (only ${Object.keys(readers).join(", ")})`);
  try {
    return read(readFileSync(path, "utf8"), basename(path, extension));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
