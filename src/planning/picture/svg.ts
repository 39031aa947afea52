/** What an SVG element takes; an undefined attribute is left out. */
export type Attributes = Record<string, string | number | undefined>;

/** One SVG element. Attributes are escaped; children are markup and taken as they are. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const opening = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? number(value) : escapeXml(value)}"`)
    .join("");
  const content = children.join("");
  return content === "" ? `<${name}${opening}/>` : `<${name}${opening}>${content}</${name}>`;
}

/** Path data from commands and their numbers: `pathData("M", 0, 0, "L", 8, 8, "Z")`. */
export function pathData(...parts: (string | number)[]): string {
  return parts
    .map((part) => (typeof part === "number" ? number(part) : part))
    .join(" ")
    .replace(/ ?([A-Za-z]) ?/g, "$1");
}

/** Text as XML takes it. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A tenth of a pixel is as fine as anyone sees. */
function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
