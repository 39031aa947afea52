/** Marks a write: the vendor knows no idempotency key, so none is ever sent a second time by itself. */
export function writeOnce(settledBy: string) {
  return { isWrite: true, isRepeatable: false, settledBy };
}
