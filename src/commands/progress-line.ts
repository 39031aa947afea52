import type { WriteStream } from "node:tty";

/** Where a line of progress is shown, and taken away. */
export type ProgressLine = { show: (text: string) => void; clear: () => void };

const toLineStart = "\r";
const eraseLine = "\u001b[K";

/** One line that is rewritten in place on a terminal; nothing at all where the stream is no terminal. */
export function createProgressLine(stream: Pick<WriteStream, "isTTY" | "write" | "columns">): ProgressLine {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} };
  return {
    show: (text) => {
      stream.write(toLineStart + text.slice(0, stream.columns - 1) + eraseLine);
    },
    clear: () => {
      stream.write(toLineStart + eraseLine);
    },
  };
}
