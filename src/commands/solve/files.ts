import { open, readFile, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Failure } from "../../domain/failure.ts";

/** The JSON in a file, or on standard input. */
export async function readDocument(path: string | undefined): Promise<unknown> {
  if (path === undefined && process.stdin.isTTY)
    process.stderr.write("Waiting for a problem on standard input (Ctrl-D ends it).\n");
  const source = path ?? "Standard input";
  const written = await (path === undefined ? text(process.stdin) : readText(path));
  if (written.trim() === "") throw malformed(`${source} is empty; it takes a problem in JSON.`);
  try {
    return JSON.parse(written);
  } catch (error) {
    // The rest of the message quotes the input, line breaks and all.
    const [place] = /line \d+ column \d+/.exec(String(error)) ?? [];
    throw malformed(`${source} is not JSON${place ? ` (${place})` : ""}.`);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw malformed(`${path} cannot be read${codeOf(error)}.`);
  }
}

/** Refuses a file that cannot be written before anything is worked out for it. */
export async function refuseUnwritable(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  try {
    const file = await open(path, "a");
    await file.close();
  } catch (error) {
    throw malformed(`${path} cannot be written${codeOf(error)}.`);
  }
}

/** Writes JSON to a file, or to standard output. */
export async function writeDocument(path: string | undefined, document: object): Promise<void> {
  const written = `${JSON.stringify(document)}\n`;
  try {
    await (path === undefined ? writeOut(written) : writeFile(path, written));
  } catch (error) {
    throw malformed(`${path ?? "Standard output"} cannot be written${codeOf(error)}.`);
  }
}

/** A reader that has gone is told as an event too, which must find a listener. */
function writeOut(written: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once("error", reject);
    process.stdout.write(written, (error) => (error ? reject(error) : resolve()));
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? ` (${error.code})` : "";
}

function malformed(message: string): Failure {
  return new Failure("invalid_input", message, { hint: "waybill solve --help tells the format." });
}
