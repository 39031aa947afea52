/**
 * Text of a vendor or caller as it may stand on one line of a picture: controls become spaces, invisible
 * characters (joiners, direction marks, variation selectors) and those that XML forbids go.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(/\p{Cf}|\p{Variation_Selector}|[\ufffe\uffff]/gu, "")
    .trim();
}

/** The first characters of a text, with an ellipsis where there are more. */
export function shortened(text: string, mostCharacters: number): string {
  const characters = [...text];
  return characters.length <= mostCharacters ? text : `${characters.slice(0, mostCharacters).join("")}…`;
}
