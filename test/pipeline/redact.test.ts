import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "../../src/pipeline/redact.ts";

const secret = fc.string({ minLength: 8, maxLength: 40, unit: "grapheme-ascii" });

test("a known secret shows in no spelling, wherever it stands", () => {
  fc.assert(
    fc.property(secret, fc.string({ maxLength: 20 }), (hidden, around) => {
      const redactor = createRedactor([hidden]);
      const spellings = [hidden, encodeURIComponent(hidden), Buffer.from(hidden).toString("base64")];
      for (const spelling of spellings) {
        expect(redactor.text(`x${spelling}y`)).toBe("x[redacted]y");
        expect(redactor.text(`${around}${spelling}${around}`)).not.toContain(spelling);
      }
    }),
    { examples: [["se/cr+et=value%20", "x"]] },
  );
});

test("a secret inside a longer one leaves no rest of the longer one", () => {
  const redactor = createRedactor(["secret", "secret-and-more"]);
  expect(redactor.text("secret-and-more secret")).toBe("[redacted] [redacted]");
});

test("tokens, keys and signatures nobody told of are recognised by what stands before them", () => {
  const { text } = createRedactor();
  expect(text("Authorization: Bearer rm_at_e5988dd1")).not.toContain("rm_at_e5988dd1");
  expect(text("/x?timestamp=1&sign=0C6E5DF1&token=xxx")).toBe(
    "/x?timestamp=1&sign=[redacted]&token=[redacted]",
  );
  expect(text('{"access_token":"abc","client_secret":"def"}')).toBe(
    '{"access_token":"[redacted]","client_secret":"[redacted]"}',
  );
});

test("plain text stays as it is", () => {
  const redactor = createRedactor(["k3y-of-the-factory"]);
  for (const plain of ["/transport-vehicles/%E7%B2%A4A12345/", '{"status":200}', "signed by 张三"]) {
    expect(redactor.text(plain)).toBe(plain);
  }
});

test("in values, members with a telling name and texts at any depth are redacted", () => {
  const redactor = createRedactor(["k3y-of-the-factory"]);
  const circular: { accessKey: number; list: unknown[]; n: number; self?: unknown } = {
    accessKey: 12,
    list: [{ note: "has k3y-of-the-factory inside" }],
    n: 1,
  };
  circular.self = circular;
  const text = JSON.stringify(redactor.value(circular));
  expect(text).not.toContain("k3y");
  expect(redactor.value({ accessKey: 12, n: 1 })).toEqual({ accessKey: "[redacted]", n: 1 });
  expect(redactor.value(new Error("k3y-of-the-factory"))).toBe("Error: [redacted]");
});

test("issued tokens are forgotten in time, configured secrets never", () => {
  const redactor = createRedactor(["configured-secret"]);
  for (let index = 0; index < 300; index++) redactor.hideIssued(`issued-token-${index}-end`);
  expect(redactor.text("configured-secret")).toBe("[redacted]");
  expect(redactor.text("issued-token-299-end")).toBe("[redacted]");
  expect(redactor.text("issued-token-0-end")).toBe("issued-token-0-end");
});

test("an answer keeps what only looks like a secret: it is the customer's", () => {
  const redactor = createRedactor(["k3y-of-the-factory"]);
  const remark = "salt: none (allergy). Gate password: 8899#, sign: 张三, k3y-of-the-factory";
  const kept = "salt: none (allergy). Gate password: 8899#, sign: 张三, [redacted]";
  expect(redactor.answer(remark)).toBe(kept);
  expect(redactor.answerData({ order: { remark, token: "one free drink" } })).toEqual({
    order: { remark: kept, token: "one free drink" },
  });
});

test("a short secret goes from an answer where it stands alone, and stays inside of a number", () => {
  const redactor = createRedactor(["123456"]);
  expect(redactor.answer("order 202611123456001")).toBe("order 202611123456001");
  expect(redactor.answer("with 123456.")).toBe("with [redacted].");
  expect(redactor.text("order 202611123456001")).toBe("order 202611[redacted]001");
});
