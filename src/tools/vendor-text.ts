/** A vendor's text as one quoted, bounded piece of data, so that it can't pass for a line of ours. */
export function quote(text: string | null | undefined, maximumLength = 40): string {
  const plain = (text ?? "").replace(/[\p{Cc}\p{Cf}「」]+/gu, " ").trim();
  return `「${plain.length > maximumLength ? `${plain.slice(0, maximumLength - 1)}…` : plain}」`;
}
