import { documentOf, tryDocument } from "./try-document.ts";

/** Tries the documents from one number to another, each reported as it is done: this process may die of one. */
const [seed = 1, from = 0, until = 0] = process.argv.slice(2).map(Number);
for (let index = from; index < until; index++) {
  const sample = documentOf(seed, index);
  const begin = performance.now();
  const outcome = tryDocument(sample);
  process.send?.({ index, isBent: sample.isBent, ...outcome, seconds: (performance.now() - begin) / 1000 });
}
