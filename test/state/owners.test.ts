import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createOwners } from "../../src/state/owners.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let serial = 0;

function owners(location: string) {
  const created = createOwners({ location, randomId: () => `owner-${++serial}` });
  onTestFinished(() => created.close());
  return created;
}

test("an owner is there for others until it closes", () => {
  const location = join(temporaryFolder(), "waybill.db");
  const [first, second] = [owners(location), owners(location)];
  const name = first.self();
  expect(first.self()).toBe(name);
  expect(second.self()).not.toBe(name);
  expect([first.isGone(name), second.isGone(name), second.isGone(name)]).toEqual([false, false, false]);
  first.close();
  expect(second.isGone(name)).toBe(true);
});

test("an owner that nobody ever saw is gone", () => {
  expect(owners(join(temporaryFolder(), "waybill.db")).isGone("owner-of-long-ago")).toBe(true);
});

test("a lock file without its process counts as gone and is removed", () => {
  const location = join(temporaryFolder(), "waybill.db");
  const folder = `${location}-owners`;
  mkdirSync(folder);
  writeFileSync(join(folder, "killed.lock"), "");
  writeFileSync(join(folder, "swept.lock"), "");
  const alive = owners(location);
  expect(alive.isGone("killed")).toBe(true);
  const name = alive.self();
  expect(readdirSync(folder)).toEqual([`${name}.lock`]);
});

test("nothing but locks is ever removed", () => {
  const location = join(temporaryFolder(), "waybill.db");
  mkdirSync(`${location}-owners`);
  writeFileSync(join(`${location}-owners`, "README"), "Mine.");
  writeFileSync(join(`${location}-owners`, "notes.lock"), "No database, so no lock of ours either.");
  owners(location).self();
  expect(readdirSync(`${location}-owners`)).toEqual(expect.arrayContaining(["README", "notes.lock"]));
});

test("a place for locks that can't be made is told before anything is sent", () => {
  const location = join(temporaryFolder(), "waybill.db");
  writeFileSync(`${location}-owners`, "A file in the way.");
  expect(() => owners(location).self()).toThrow("WAYBILL_STATE");
});

test("in memory there is one owner", () => {
  const alone = owners(":memory:");
  expect(alone.isGone(alone.self())).toBe(false);
  expect(alone.isGone("another")).toBe(true);
});
