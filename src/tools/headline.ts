/** How many of how many: "3 of 50 merchants." */
export function headline(shown: number, { total }: { total?: number }, noun: string): string {
  return `${shown} of ${total ?? "the"} ${noun}.`;
}
