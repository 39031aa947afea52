/** A column as wide as `width`: its heading, and what stands in it for a row. */
export type Column<Row> = {
  heading: string;
  width: number;
  align: "left" | "right";
  cell: (row: Row) => string;
};

/** A line of a table: the headings without a row, else the row's cells. */
export function formatLine<Row>(columns: Column<Row>[], row?: Row): string {
  const cells = columns.map(({ heading, width, align, cell }) => {
    const text = row === undefined ? heading : cell(row);
    return align === "left" ? text.padEnd(width) : text.padStart(width);
  });
  return cells.join("  ").trimEnd();
}
