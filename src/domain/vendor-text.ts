/** Text without line breaks and other control characters, so that it stays on the line where we put it. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
}

/** A vendor's text as one quoted, bounded piece of data, so that it can't pass for a line of ours. */
export function quote(text: string | null | undefined, maximumLength = 40): string {
  const plain = oneLine(text ?? "")
    .replace(/[「」]/g, " ")
    .trim();
  return `「${plain.length > maximumLength ? `${plain.slice(0, maximumLength - 1)}…` : plain}」`;
}
