import type { PathCommand } from "opentype.js";

type Point = { x: number; y: number };

/** How far a curve's control point may move so that the curve can be written without it, units. */
const tolerance = 1;

/**
 * Path data in whole units and relative steps, about a third of the absolute form: straight steps along an axis,
 * which Chinese strokes mostly are, take one number, and a curve that goes on smoothly has no control point (`t`).
 */
export function compactPath(commands: PathCommand[]): string {
  const writer = createWriter();
  for (const command of commands) {
    const to = "x" in command ? rounded(command) : { x: 0, y: 0 };
    if (command.type === "M") writer.write("m", [to]);
    if (command.type === "L") writer.line(to);
    if (command.type === "Q") writer.curve(rounded({ x: command.x1, y: command.y1 }), to);
    if (command.type === "C")
      writer.write("c", [
        rounded({ x: command.x1, y: command.y1 }),
        rounded({ x: command.x2, y: command.y2 }),
        to,
      ]);
    if (command.type === "Z") writer.close();
  }
  return writer.data();
}

function createWriter() {
  let data = "";
  let letter = "";
  let at: Point = { x: 0, y: 0 };
  let start = at;
  /** The last curve's control point mirrored at its end: where a smooth next one has its own. */
  let mirrored: Point | undefined;

  const append = (command: string, numbers: number[]) => {
    // A letter may be left out when it repeats; after "m" that would mean a line.
    const opening = command === letter && command !== "m" ? "" : command;
    const joined = numbers.map((value, index) =>
      value >= 0 && (index > 0 || opening === "") ? ` ${value}` : value,
    );
    data += opening + joined.join("");
    letter = command;
  };

  const write = (command: string, points: Point[]) => {
    append(
      command,
      points.flatMap(({ x, y }) => [x - at.x, y - at.y]),
    );
    at = points.at(-1) ?? at;
    if (command === "m") start = at;
    mirrored = undefined;
  };

  const line = (to: Point) => {
    if (to.x === at.x && to.y === at.y) return;
    if (to.x !== at.x && to.y !== at.y) return write("l", [to]);
    append(to.y === at.y ? "h" : "v", [to.y === at.y ? to.x - at.x : to.y - at.y]);
    at = to;
    mirrored = undefined;
  };

  const curve = (control: Point, to: Point) => {
    const smooth = mirrored && isNear(mirrored, control) ? mirrored : undefined;
    if (smooth) write("t", [to]);
    else write("q", [control, to]);
    const used = smooth ?? control;
    mirrored = { x: 2 * to.x - used.x, y: 2 * to.y - used.y };
  };

  const close = () => {
    append("z", []);
    at = start;
    mirrored = undefined;
  };

  return { write, line, curve, close, data: () => data };
}

function isNear(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) <= tolerance && Math.abs(a.y - b.y) <= tolerance;
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}
