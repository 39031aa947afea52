import { expect, test } from "vitest";
import { createProgressLine } from "../../src/commands/progress-line.ts";

function terminal(isTTY: boolean) {
  let written = "";
  const write = (text: string) => {
    written += text;
    return true;
  };
  return { stream: { isTTY, columns: 12, write }, written: () => written };
}

test("a progress line is rewritten in place, cut to the terminal, and taken away at the end", () => {
  const { stream, written } = terminal(true);
  const line = createProgressLine(stream);
  line.show("1 %");
  line.show("a line that is longer than that");
  line.clear();
  expect(written()).toBe("\r1 %\u001b[K\ra line that\u001b[K\r\u001b[K");
});

test("nothing is written where there is no terminal", () => {
  const { stream, written } = terminal(false);
  const line = createProgressLine(stream);
  line.show("1 %");
  line.clear();
  expect(written()).toBe("");
});
