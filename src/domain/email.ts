/** Whether a text is one e-mail address, without a name beside it. */
export function isEmail(text: string): boolean {
  return /^[^\s@<>(),;:"[\]\\]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text);
}
