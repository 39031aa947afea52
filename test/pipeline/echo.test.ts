import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutEcho } from "../../src/pipeline/echo.ts";

const answerOf = (text: string) => ({ status: 422, headers: {}, body: Buffer.from(text) });
const textOf = (body: Uint8Array) => Buffer.from(body).toString("utf8");

test("a vendor that repeats the request's signature tells it to nobody", () => {
  const signature = "VQAdXELyv7rl/6E4bj1VdV4X6vI=";
  const said = `computed ${signature}, wanted ${encodeURIComponent(signature)}; 签名 ${signature}`;
  const { body } = withoutEcho(answerOf(said), signature);
  expect(textOf(body)).toBe("computed [redacted], wanted [redacted]; 签名 [redacted]");
});

test("an answer without it stays the very same", () => {
  const answer = answerOf('{"orderSN": 9223372036854775807}');
  expect(withoutEcho(answer, "0C6E5DF1FCFA8A8A5B4E8E9363D245E2")).toBe(answer);
});

test("whatever stands around it stays", () => {
  const secret = fc.string({ unit: fc.constantFrom(..."0123456789ABCDEF"), minLength: 32, maxLength: 32 });
  const around = fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(secret, around, (hidden, parts) => {
      const { body } = withoutEcho(answerOf(parts.join(hidden)), hidden);
      expect(textOf(body)).toBe(textOf(Buffer.from(parts.join("[redacted]"))));
    }),
  );
});
