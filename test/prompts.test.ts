import { expect, test } from "vitest";
import { fillIn, loadPrompts } from "../src/prompts.ts";
import { toolsets } from "../src/tools/index.ts";

test("every prompt file has a name that its file carries, a title, a description and a text", () => {
  const prompts = loadPrompts();
  expect(prompts.map(({ name }) => name)).toEqual(["plan_todays_deliveries", "review_plan"]);
  const toolNames = Object.values(toolsets).flatMap((tools) => tools.map((tool) => tool.name));
  for (const { arguments: declared, body, needs } of prompts) {
    expect(toolNames).toContain(needs);
    const used = new Set([...body.matchAll(/\{\{(\w+)/g)].map(([, name]) => name));
    expect(used).toEqual(new Set(declared.map(({ name }) => name)));
  }
});

test("fills in values, words for missing ones, and words that stand only with a value", () => {
  const text = "of {{area|any area}}{{start_at:, from }} for {{plan_id}}";
  expect(fillIn(text, { area: "天河", start_at: "08:00", plan_id: "p-1" })).toBe(
    "of 天河, from 08:00 for p-1",
  );
  expect(fillIn(text, { plan_id: "p-1" })).toBe("of any area for p-1");
});
