import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { SqliteDialect, type SqliteStatement } from "kysely";

/**
 * Kysely over the built-in SQLite. Statements are prepared once, by their text; what SQLite throws goes through
 * `explain`. Transactions take the write lock at their start: one that reads first and writes later could otherwise
 * find that another process wrote in between, which no waiting mends.
 */
export function sqliteDialect(database: DatabaseSync, explain: (error: unknown) => unknown): SqliteDialect {
  const prepared = new Map<string, SqliteStatement>();
  const prepare = (sql: string): SqliteStatement => {
    // A full disk makes SQLite roll back by itself; doing it again would hide the reason.
    if (sql === "rollback" && !database.isTransaction) return nothing;
    const known = prepared.get(sql);
    if (known) return known;
    const statement = explained(explain, () => database.prepare(sql === "begin" ? "begin immediate" : sql));
    const adapted: SqliteStatement = {
      reader: statement.columns().length > 0,
      all: (parameters) => explained(explain, () => statement.all(...parameters.map(inputValue))),
      run: (parameters) => explained(explain, () => statement.run(...parameters.map(inputValue))),
      iterate: (parameters) => explained(explain, () => statement.iterate(...parameters.map(inputValue))),
    };
    prepared.set(sql, adapted);
    return adapted;
  };
  return new SqliteDialect({ database: { prepare, close: () => database.close() } });
}

const nothing: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

function explained<T>(explain: (error: unknown) => unknown, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explain(error);
  }
}

function inputValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === "number" || typeof value === "string" || typeof value === "bigint") {
    return value;
  }
  throw new TypeError(`SQLite takes no ${typeof value}.`);
}
