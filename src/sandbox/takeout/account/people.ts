import { createHash } from "node:crypto";
import type { User } from "../records.ts";

/** What the vendor keeps of a password: its salted SHA-256. */
export function hashPassword(phone: string, password: string): string {
  return createHash("sha256").update(`${phone} ${password}`).digest("hex");
}

/** A user as answers show one (takeout.txt, 2.1). */
export function userInfo({ id, phone, nickname, avatar }: User) {
  return { id, phone, nickname, avatar };
}
