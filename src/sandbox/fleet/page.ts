import type { Answer, SandboxRequest } from "../message.ts";
import { badRequest } from "./refusals.ts";

const defaultLimit = 20;
const largestLimit = 25;

/**
 * One page of a list: `limit` and `offset` of fleet.txt around count, next, previous and results. The server
 * decides the default and caps what is asked for, below what an area holds: a client has to page on.
 */
export function answerPage(records: readonly unknown[], { query, url }: SandboxRequest): Answer {
  const asked = wholeNumber(query.get("limit"), defaultLimit);
  const offset = wholeNumber(query.get("offset"), 0);
  if (asked === undefined || asked === 0) return badRequest("limit 必须是正整数");
  if (offset === undefined) return badRequest("offset 必须是非负整数");
  const limit = Math.min(asked, largestLimit);
  const pageAt = (start: number) => {
    const page = new URL(url);
    page.searchParams.set("limit", String(limit));
    page.searchParams.set("offset", String(start));
    return page.href;
  };
  const body = {
    count: records.length,
    next: offset + limit < records.length ? pageAt(offset + limit) : null,
    previous: offset > 0 ? pageAt(Math.max(0, offset - limit)) : null,
    results: records.slice(offset, offset + limit),
  };
  return { status: 200, body };
}

function wholeNumber(text: string | null, fallback: number): number | undefined {
  if (text === null) return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
