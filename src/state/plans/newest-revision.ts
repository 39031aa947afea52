import type { Kysely } from "kysely";
import { Failure } from "../../domain/failure.ts";
import type { Database } from "../schema.ts";

/** The number of a plan's newest revision; `not_found` for an unknown plan. */
export async function newestRevision(db: Kysely<Database>, planId: string): Promise<number> {
  const row = await db.selectFrom("plans").select("revision").where("planId", "=", planId).executeTakeFirst();
  if (row) return row.revision;
  throw new Failure("not_found", `There is no plan ${planId}.`, {
    hint: "Call list_plans for the plans there are.",
    fields: ["plan_id"],
  });
}
