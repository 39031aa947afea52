/** What was found of something that must be there once; `faults` are sentences on what does not agree. */
export type Findings = { lost: number; doubled: number; faults: string[] };

/** What must hold of so many wanted things by name: each there once. */
export function compareHoldings(wanted: readonly string[], held: readonly string[]): Findings {
  const count = (name: string) => held.filter((one) => one === name).length;
  const lost = wanted.filter((name) => count(name) === 0).length;
  const doubled = held.length - new Set(held).size;
  const strangers = held.filter((name) => !wanted.includes(name));
  return { lost, doubled, faults: strangers.map((name) => `the vendor holds ${name}, which nobody wanted`) };
}

/** Everything that is wrong, as sentences. */
export function faultsOf({ lost, doubled, faults }: Findings): string[] {
  return [...(lost > 0 ? [`${lost} lost`] : []), ...(doubled > 0 ? [`${doubled} doubled`] : []), ...faults];
}
