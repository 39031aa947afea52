import { Failure } from "../domain/failure.ts";

/** A cursor over a vendor's offset pages. */
export function encodeOffset(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString("base64url");
}

/** The offset in a cursor, 0 without one; refuses a cursor that is not ours. */
export function decodeOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [, digits] = /^offset:(\d{1,9})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (digits === undefined) {
    throw new Failure("invalid_input", "`cursor` is not one that this tool gave.", {
      hint: "Pass next_cursor of the page before unchanged, or leave cursor out to start at the first page.",
      fields: ["cursor"],
    });
  }
  return Number(digits);
}
