import { beforeEach, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { Failure } from "../../src/domain/failure.ts";
import { defineTool } from "../../src/tools/tool.ts";
import { failureOf } from "../support/failures.ts";

let felled: string[] = [];
beforeEach(() => {
  felled = [];
});

const fellTree = defineTool({
  name: "fell_tree",
  title: "Fell a tree",
  description: "Fells one tree.",
  access: "destroy",
  input: z.strictObject({ tree: z.string(), saw: z.string().optional() }),
  output: z.object({ felled: z.string() }),
  preview: async ({ tree }) => ({ data: { tree }, text: `This fells ${tree}.` }),
  async run({ tree }) {
    if (tree === "iron") throw new Failure("rejected", "It is of iron.");
    felled.push(tree);
    return { data: { felled: tree }, text: `${tree} is down.` };
  },
});

const call = { signal: new AbortController().signal, reportProgress: () => {} };

function appWith(confirm: string) {
  const app = createApp(readConfig({ WAYBILL_STATE: ":memory:", WAYBILL_CONFIRM: confirm }));
  onTestFinished(() => app.close());
  return (args: unknown) => fellTree.run(args, app, call);
}

async function confirmationOf(run: ReturnType<typeof appWith>, args: object) {
  const { data } = await run(args);
  return { ...args, confirmation: data["confirmation"] };
}

test("the first call does nothing, shows what it would do, and asks", async () => {
  const { data, text } = await appWith("token")({ tree: "oak" });
  expect(data).toEqual({
    needs_confirmation: true,
    confirmation: expect.stringMatching(/^\S{16,}$/),
    preview: { tree: "oak" },
  });
  expect(text).toBe("This fells oak.");
  expect(felled).toEqual([]);
});

test("the same call with the confirmation does it once, and again is a repeat", async () => {
  const run = appWith("token");
  const confirmed = await confirmationOf(run, { tree: "oak" });
  expect((await run(confirmed)).data).toEqual({ felled: "oak" });
  expect((await run(confirmed)).data).toEqual({ felled: "oak", repeated: true });
  expect(felled).toEqual(["oak"]);
});

test("a confirmation is for the arguments that were shown", async () => {
  const run = appWith("token");
  const confirmed = await confirmationOf(run, { tree: "oak" });
  expect(await failureOf(run({ ...confirmed, tree: "elm" }))).toMatchObject({ code: "conflict" });
  expect(await failureOf(run({ ...confirmed, saw: "red" }))).toMatchObject({ code: "conflict" });
  expect(felled).toEqual([]);
});

test("a call that was refused may be made again under its confirmation", async () => {
  const run = appWith("token");
  const confirmed = await confirmationOf(run, { tree: "iron" });
  expect(await failureOf(run(confirmed))).toMatchObject({ code: "rejected" });
  expect(await failureOf(run(confirmed))).toMatchObject({ code: "rejected" });
});

test("without confirmations there is one step", async () => {
  expect((await appWith("off")({ tree: "oak" })).data).toEqual({ felled: "oak" });
  expect(felled).toEqual(["oak"]);
});

test.each([
  [{ tree: "oak", confirmation: 7 }, "confirmation"],
  [{ tree: 5 }, "tree"],
  [{ tree: "oak", confirmed: true }, "confirmed"],
])("wrong arguments are refused by name before anything is asked: %o", async (args, field) => {
  expect(await failureOf(appWith("token")(args))).toMatchObject({
    code: "invalid_input",
    details: { fields: [field] },
  });
});

test("the confirmation is served among the arguments", () => {
  expect(Object.keys(fellTree.input.shape)).toEqual(["tree", "saw", "confirmation"]);
});

/** Trees that stand, and those that were felled in one go at most `strength` at a time. */
const forest = { trees: ["oak", "elm", "ash"], strength: 2 };

const clearForest = defineTool({
  name: "clear_forest",
  title: "Clear a forest",
  description: "Fells every tree.",
  access: "destroy",
  input: z.strictObject({ saw: z.string().optional() }),
  output: z.object({ felled: z.array(z.string()) }),
  intend: async () => ({
    data: { trees: forest.trees },
    text: `This fells ${forest.trees.join(", ")}.`,
    question: `Fell ${forest.trees.length} trees?`,
    content: { trees: forest.trees },
    findChanges: (shown) => {
      const before = z.object({ trees: z.array(z.string()) }).parse(shown).trees;
      return forest.trees.filter((tree) => !before.includes(tree)).map((tree) => `${tree} has grown.`);
    },
    carryOut: async () => {
      const standing = forest.trees.filter((tree) => !felled.includes(tree));
      felled.push(...standing.slice(0, forest.strength));
      const isPartial = standing.length > forest.strength;
      return { data: { felled: [...felled] }, text: `${felled.length} down.`, isPartial };
    },
  }),
});

function forestWith(confirm: string) {
  Object.assign(forest, { trees: ["oak", "elm", "ash"], strength: 2 });
  const app = createApp(readConfig({ WAYBILL_STATE: ":memory:", WAYBILL_CONFIRM: confirm }));
  onTestFinished(() => app.close());
  return (args: unknown) => clearForest.run(args, app, call);
}

test("a question short enough for a person stands beside the preview", async () => {
  const { question, text } = await forestWith("ask")({});
  expect(question).toBe("Fell 3 trees?");
  expect(text).toBe("This fells oak, elm, ash.");
});

test("a part of the work leaves the confirmation usable, and the same call goes on", async () => {
  const run = forestWith("token");
  const confirmed = await confirmationOf(run, {});
  expect((await run(confirmed)).data).toEqual({ felled: ["oak", "elm"] });
  expect((await run(confirmed)).data).toEqual({ felled: ["oak", "elm", "ash"] });
  expect((await run(confirmed)).data).toEqual({ felled: ["oak", "elm", "ash"], repeated: true });
});

test("what was shown binds: a change since is told and nothing is done", async () => {
  const run = forestWith("token");
  const confirmed = await confirmationOf(run, {});
  forest.trees.push("fir");
  const failure = await failureOf(run(confirmed));
  expect(failure).toMatchObject({ code: "conflict", details: { fields: ["confirmation"] } });
  expect(failure.message).toContain("fir has grown.");
  expect(felled).toEqual([]);
  forest.trees.pop();
  expect((await run(confirmed)).data).toEqual({ felled: ["oak", "elm"] });
});

test("where nobody is asked, what binds is done in one step and says nothing of its parts", async () => {
  const answer = await forestWith("off")({});
  expect(answer).toEqual({ data: { felled: ["oak", "elm"] }, text: "2 down." });
});

test("a confirmation for other arguments says which they are", async () => {
  const run = forestWith("token");
  const confirmed = await confirmationOf(run, {});
  const failure = await failureOf(run({ ...confirmed, saw: "red" }));
  expect(failure.details.fields).toEqual(["confirmation", "saw"]);
  expect(failure.message).toContain("`saw`");
});

test("an argument that it does not know is refused with those that callers see", async () => {
  const refused = await failureOf(appWith("token")({ tree: "oak", confirm: true }));
  expect(refused.message).toBe("`confirm` is not known here; known are tree, saw, confirmation.");
});

test("a repeat is told behind the first line, which says what was done", async () => {
  const { run } = defineTool({
    name: "fell_trees",
    title: "Fell trees",
    description: "Fells trees.",
    access: "destroy",
    input: z.strictObject({}),
    output: z.object({}),
    preview: async () => ({ data: {}, text: "This fells all." }),
    run: async () => ({ data: {}, text: "2 trees are down.\nOak was hollow." }),
  });
  const app = createApp(readConfig({ WAYBILL_STATE: ":memory:", WAYBILL_CONFIRM: "token" }));
  onTestFinished(() => app.close());
  const { confirmation } = (await run({}, app, call)).data as { confirmation: string };
  await run({ confirmation }, app, call);
  const again = await run({ confirmation }, app, call);
  expect(again.text).toBe("2 trees are down. (repeated: nothing was sent now)\nOak was hollow.");
});
