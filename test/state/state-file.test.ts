import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { useWriteAheadLog } from "../../src/state/state-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

function connect(location: string): DatabaseSync {
  const database = new DatabaseSync(location, { timeout: 0 });
  onTestFinished(() => database.close());
  return database;
}

test("the log is turned on as soon as another connection lets go of the file", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const [other, database] = [connect(location), connect(location)];
  other.exec("create table first (a); begin; select * from first");
  const turnedOn = useWriteAheadLog(database, location);
  await delay(60);
  other.exec("commit");
  await turnedOn;
  expect(database.prepare("pragma journal_mode").get()).toEqual({ journal_mode: "wal" });
});

test("a commit is forced to the disk, in the log as well", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const database = connect(location);
  await useWriteAheadLog(database, location);
  // 2 is FULL (sqlite.org, "PRAGMA synchronous").
  expect(database.prepare("pragma synchronous").get()).toEqual({ synchronous: 2 });
});
