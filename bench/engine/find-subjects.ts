import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { type CatalogueEntry, catalogueFile, readCatalogue } from "../instances/catalogue.ts";
import { readInstance } from "../instances/read-instance.ts";
import { type SetName, setNames, setOf, setsNamed } from "./sets.ts";

/** An instance to be measured. */
export type Subject = CatalogueEntry & { set: SetName; stops: number };

/** What a directory holds for the words of a command line; the rest is told as sentences. */
export type Findings = { subjects: Subject[]; unknown: string[]; unreadable: string[] };

/** Folders of a directory of instances that hold something else than routing instances. */
const otherFolders = new Set(["baseline", "vbp"]);

/**
 * The instances that the words name, by set or by name, in the order of the sets and then by size. Files that the
 * catalogue does not list are taken as well: then no best cost is known.
 */
export function findSubjects(directory: string, words: string[]): Findings {
  const listed = [...(readCatalogue(directory)?.values() ?? [])];
  const paths = new Set(listed.map(({ path }) => path));
  const unlisted = instanceFiles(directory).filter((path) => !paths.has(path));
  const unreadable: string[] = [];
  const read = (entry: CatalogueEntry): Subject[] => {
    try {
      const { kind, stops } = readInstance(entry.path);
      return [{ ...entry, set: setOf(kind, stops.length), stops: stops.length }];
    } catch (error) {
      unreadable.push(error instanceof Error ? error.message : String(error));
      return [];
    }
  };
  const all = [...listed, ...nameFiles(unlisted, listed)].flatMap(read);
  const chosen = new Set(words.flatMap((word) => all.filter((subject) => isNamed(subject, word))));
  const subjects = [...chosen].sort(
    (a, b) => setNames.indexOf(a.set) - setNames.indexOf(b.set) || a.stops - b.stops,
  );
  const unknown = words.filter(
    (word) => setsNamed(word).length === 0 && !all.some((subject) => isNamed(subject, word)),
  );
  return { subjects, unknown, unreadable };
}

function isNamed({ set, name }: Subject, word: string): boolean {
  return name === word || setsNamed(word).includes(set);
}

function instanceFiles(directory: string): string[] {
  const files = readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((file) => file.isFile() && [".vrp", ".txt", ".json"].includes(extname(file.name)))
    .filter(({ name }) => name !== catalogueFile)
    .map(({ parentPath, name }) => join(parentPath, name));
  return files.filter((path) => !otherFolders.has(folderOf(directory, path)[0] ?? "")).sort();
}

/** The folders between a directory and a file in it. */
function folderOf(directory: string, path: string): string[] {
  return path
    .slice(directory.length)
    .split(/[\\/]/)
    .filter((part) => part !== "")
    .slice(0, -1);
}

/** Files are named as they are, with their folder where that is not enough. */
function nameFiles(paths: string[], listed: CatalogueEntry[]): CatalogueEntry[] {
  const parts = paths.map((path) => path.split(/[\\/]/));
  const plain = parts.map((part) => part.at(-1)?.replace(/\.\w+$/, "") ?? "");
  const taken = new Set(listed.map(({ name }) => name));
  return paths.map((path, index) => {
    const name = plain[index] ?? "";
    const isUnique = !taken.has(name) && plain.filter((other) => other === name).length === 1;
    return { name: isUnique ? name : `${parts[index]?.at(-2)}:${name}`, path };
  });
}
