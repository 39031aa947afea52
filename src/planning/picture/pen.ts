import type { Lettering } from "./lettering.ts";
import type { Words } from "./words.ts";

/** What every part of a picture is drawn with. */
export type Pen = { lettering: Lettering; words: Words; ink: Ink };

/** The colours of everything that is no vehicle. */
export type Ink = typeof ink;

/** Quiet greys, so that the vehicles' colours speak; one red for what needs a look. */
export const ink = {
  page: "#ffffff",
  land: "#f5f7f9",
  track: "#e8ecf1",
  line: "#d5dce4",
  faint: "#94a0b0",
  muted: "#5b6675",
  strong: "#1c2530",
  warning: "#c2261b",
};
