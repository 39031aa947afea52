import fc from "fast-check";
import type { PathCommand } from "opentype.js";
import { expect, test } from "vitest";
import { compactPath } from "../../src/drawing/compact-path.ts";

test("steps are relative, straight ones take one number, and a smooth curve needs no control point", () => {
  expect(
    compactPath([
      { type: "M", x: 100, y: -800 },
      { type: "L", x: 300, y: -800 },
      { type: "L", x: 300, y: -700 },
      { type: "Q", x1: 300, y1: -600, x: 250, y: -600 },
      { type: "Q", x1: 200, y1: -600, x: 200, y: -650 },
      { type: "Z" },
      { type: "M", x: 0.4, y: 0.4 },
      { type: "L", x: 10, y: -5 },
    ]),
  ).toBe("m100-800h200v100q0 100-50 100t-50-50zm-100 800l10-5");
});

test("any outline keeps its corners, and its curves to about a thousandth of the letter's height", () => {
  const at = { x: fc.integer({ min: -200, max: 1200 }), y: fc.integer({ min: -900, max: 300 }) };
  const control = { x1: at.x, y1: at.y };
  const move = fc.record({ type: fc.constant("M" as const), ...at });
  const step = fc.oneof(
    move,
    fc.record({ type: fc.constant("L" as const), ...at }),
    fc.record({ type: fc.constant("Q" as const), ...control, ...at }),
    fc.record({ type: fc.constant("C" as const), ...control, x2: at.x, y2: at.y, ...at }),
  );
  fc.assert(
    fc.property(move, fc.array(step, { maxLength: 30 }), (first, rest) => {
      const commands: PathCommand[] = [first, ...rest];
      const expected = commands
        .filter((command, index) => !isStandstill(command, commands[index - 1]))
        .map(points);
      const read = readPath(compactPath(commands));
      expect(read).toHaveLength(expected.length);
      read.forEach((numbers, index) => {
        const wanted = expected[index] ?? [];
        expect(numbers.slice(-2)).toEqual(wanted.slice(-2));
        numbers.forEach((value, part) => {
          expect(Math.abs(value - (wanted[part] ?? Number.NaN))).toBeLessThanOrEqual(1);
        });
      });
    }),
  );
});

function isStandstill(command: PathCommand, before: PathCommand | undefined): boolean {
  return (
    command.type === "L" &&
    before !== undefined &&
    "x" in before &&
    before.x === command.x &&
    before.y === command.y
  );
}

function points(command: PathCommand): number[] {
  if (command.type === "Z") return [];
  if (command.type === "Q") return [command.x1, command.y1, command.x, command.y];
  if (command.type === "C") return [command.x1, command.y1, command.x2, command.y2, command.x, command.y];
  return [command.x, command.y];
}

/** Path data as absolute points, by the rules of SVG 2, section 9.3. */
function readPath(data: string): number[][] {
  let [x, y] = [0, 0];
  let mirrored = [0, 0];
  return [...data.matchAll(/([a-z])([^a-z]*)/g)].flatMap(([, letter = "", list = ""]) => {
    const numbers = [...list.matchAll(/-?\d+/g)].map(Number);
    const count = { m: 2, l: 2, t: 2, h: 1, v: 1, q: 4, c: 6 }[letter] ?? 1;
    return Array.from({ length: numbers.length / count }, (_, index) => {
      const step = numbers.slice(index * count, (index + 1) * count);
      const relative = letter === "h" ? [step[0] ?? 0, 0] : letter === "v" ? [0, step[0] ?? 0] : step;
      const absolute = relative.map((value, part) => value + (part % 2 === 0 ? x : y));
      const full = letter === "t" ? [...mirrored, ...absolute] : absolute;
      [x = 0, y = 0] = full.slice(-2);
      mirrored = letter === "q" || letter === "t" ? [2 * x - (full[0] ?? 0), 2 * y - (full[1] ?? 0)] : [x, y];
      return full;
    });
  });
}
