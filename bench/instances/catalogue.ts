import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** An instance's file and the best cost that is known for it, if any is. */
export type CatalogueEntry = {
  name: string;
  path: string;
  bestKnown?: number;
  /** Whether that cost is published, or the best that was measured of an instance of our own. */
  source?: "published" | "measured";
};

/** The file in a directory of instances that lists the public ones. */
export const catalogueFile = "bks.json";

const catalogueSchema = z.record(z.string(), z.object({ file: z.string(), bks: z.number() }));

/** Our own instances, and the best cost of the solvers that were measured on them (benchmarks README). */
const ownInstances: Record<string, number> = {
  rich_n60_m3_t2: 58_309,
  rich_n150_m4_t3_tw: 95_527,
  rich_n300_m5_t4: 154_922,
  rich_n500_m3_t3_tw: 206_277,
  rich_n1000_m4_t4: 311_910,
};

/** The instances whose files are in a directory; undefined when the directory has no catalogue. */
export function readCatalogue(directory: string): Map<string, CatalogueEntry> | undefined {
  const file = join(directory, catalogueFile);
  if (!existsSync(file)) return undefined;
  const published = Object.entries(catalogueSchema.parse(JSON.parse(readFileSync(file, "utf8"))));
  const entries: CatalogueEntry[] = [
    ...published.map(([name, entry]) => ({
      name,
      path: join(directory, entry.file),
      bestKnown: entry.bks,
      source: "published" as const,
    })),
    ...Object.entries(ownInstances).map(([name, bestKnown]) => ({
      name,
      path: join(directory, "rich", `${name}.json`),
      bestKnown,
      source: "measured" as const,
    })),
  ];
  return new Map(entries.filter(({ path }) => existsSync(path)).map((entry) => [entry.name, entry]));
}
