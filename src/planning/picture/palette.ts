/** How a vehicle is told from the others: line and marker colour, the number's colour on it, the marker's shape. */
export type RouteLook = { color: string; ink: string; shape: "circle" | "square" | "diamond" };

/** Told apart by hue or lightness also with red-green blindness; dark enough to be seen as a line on white. */
const colors = [
  "#0568bc",
  "#d0760b",
  "#129048",
  "#8d4783",
  "#faac00",
  "#23a5d4",
  "#571e78",
  "#5f371f",
  "#4cbd94",
  "#7f8186",
];

/** Every further round of vehicles has another marker and a darker, then a lighter shade of the same colours. */
const rounds = [
  { shape: "circle", mixed: "#000000", share: 0 },
  { shape: "square", mixed: "#000000", share: 0.38 },
  { shape: "diamond", mixed: "#ffffff", share: 0.25 },
] as const;

/** The look of the vehicle with this index among a plan's routes: 30 looks, then again from the first. */
export function routeLook(index: number): RouteLook {
  const round = rounds[Math.floor(index / colors.length) % rounds.length] ?? rounds[0];
  const color = mix(colors[index % colors.length] ?? "#000000", round.mixed, round.share);
  return { color, ink: isLight(color) ? "#111827" : "#ffffff", shape: round.shape };
}

function mix(color: string, other: string, share: number): string {
  const others = channels(other);
  const mixed = channels(color).map((value, index) => value + ((others[index] ?? 0) - value) * share);
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}

/** Light enough that dark numbers read better than white ones (perceived brightness by ITU-R BT.601). */
function isLight(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = channels(color);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 125;
}

function channels(color: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
}
