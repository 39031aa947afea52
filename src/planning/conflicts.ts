/** Each class with all that it must not meet, whichever of the two names the other: bit sets, [class]. */
export function mutualConflicts(conflicts: Uint32Array = new Uint32Array()): Uint32Array {
  const mutual = conflicts.slice();
  for (const [own, others] of conflicts.entries()) {
    for (const other of mutual.keys()) if (has(others, other)) mutual[other]! |= 1 << own;
  }
  return mutual;
}

/** Whether a bit set holds a class. */
export function has(classes: number, one: number): boolean {
  return (classes & (1 << one)) !== 0;
}

/** Whether a bit set holds two different classes that must not meet. */
export function isTorn(classes: number, conflicts: Uint32Array): boolean {
  return conflicts.some((others, own) => has(classes, own) && (classes & others & ~(1 << own)) !== 0);
}
