/** The numbers that nodes kept at the beginning of a round, noted before they change for the first time. */
export class ClockLog {
  readonly #columns: readonly Float64Array[];
  readonly #nodes: Int32Array;
  /** What the columns held, [entry * columns + column]. */
  readonly #values: Float64Array;
  readonly #notedIn: Int32Array; // round, [node]
  #count = 0;
  #round = 1;

  /** `columns`: what is kept, [node] each. */
  constructor(columns: readonly Float64Array[]) {
    const nodes = columns[0]?.length ?? 0;
    this.#columns = columns;
    this.#nodes = new Int32Array(nodes);
    this.#values = new Float64Array(nodes * columns.length);
    this.#notedIn = new Int32Array(nodes);
  }

  begin(): void {
    this.#round++;
    this.#count = 0;
  }

  /** To be called before a node's numbers change. */
  note(node: number): void {
    if (this.#notedIn[node] === this.#round) return;
    this.#notedIn[node] = this.#round;
    const columns = this.#columns;
    const at = this.#count * columns.length;
    this.#nodes[this.#count++] = node;
    for (let column = 0; column < columns.length; column++) {
      this.#values[at + column] = columns[column]![node]!;
    }
  }

  /** Brings back the numbers of all nodes noted. */
  undo(): void {
    const columns = this.#columns;
    for (let entry = 0; entry < this.#count; entry++) {
      const node = this.#nodes[entry]!;
      const at = entry * columns.length;
      for (let column = 0; column < columns.length; column++) {
        columns[column]![node] = this.#values[at + column]!;
      }
    }
    this.begin();
  }
}
