/** A place on the picture, in pixels from its upper left corner. */
export type Point = { x: number; y: number };

/** A circle on the picture, in pixels. */
export type Circle = Point & { radius: number };

/** A rectangle on the picture, in pixels. */
export type Frame = Point & { width: number; height: number };

/** A frame with a margin taken off on every side, pixels. */
export function shrink(frame: Frame, margin: number): Frame {
  return {
    x: frame.x + margin,
    y: frame.y + margin,
    width: frame.width - 2 * margin,
    height: frame.height - 2 * margin,
  };
}

/** Pixels between two points. */
export function distanceBetween(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Whether a point is in a frame or on its edge. */
export function isInside({ x, y }: Point, frame: Frame): boolean {
  return x >= frame.x && x <= frame.x + frame.width && y >= frame.y && y <= frame.y + frame.height;
}
