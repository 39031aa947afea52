import { expect, test } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import type { Send, VendorAnswer, VendorRequest } from "../../src/pipeline/pipeline.ts";
import { authorize, createTokenSource } from "../../src/providers/access-token.ts";
import { failureOf } from "../support/failures.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { readRequest, vendorAnswer } from "../support/vendor-request.ts";

/** Issues token-1, token-2 and so on, each after a while. */
function issuerOf(lifetimeMilliseconds = 3_600_000) {
  const clock = createFakeClock();
  const issued: string[] = [];
  const fetchToken = async () => {
    await clock.sleep(100);
    issued.push(`token-${issued.length + 1}`);
    return { value: `token-${issued.length}`, lifetimeMilliseconds };
  };
  return { clock, issued, tokens: createTokenSource(fetchToken, clock) };
}

test("however many calls come first, one token is fetched", async () => {
  const { clock, issued, tokens } = issuerOf();
  const calls = Array.from({ length: 50 }, () => tokens.current(undefined));
  await clock.advance(100);
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["token-1"]));
  expect(issued).toHaveLength(1);
});

test("a token serves until a minute before its end", async () => {
  const { clock, issued, tokens } = issuerOf();
  await Promise.all([tokens.current(undefined), clock.advance(100)]);
  await clock.advance(3_600_000 - 60_001);
  expect(await tokens.current(undefined)).toBe("token-1");
  await clock.advance(1);
  const renewed = tokens.current(undefined);
  await clock.advance(100);
  expect([await renewed, issued.length]).toEqual(["token-2", 2]);
});

test("a token that lives shorter than the margin is used all the same", async () => {
  const { clock, issued, tokens } = issuerOf(10_000);
  await Promise.all([tokens.current(undefined), clock.advance(100)]);
  await clock.advance(8_900);
  expect(await tokens.current(undefined)).toBe("token-1");
  expect(issued).toHaveLength(1);
});

test("many refusals of one token lead to one renewal, late ones to none", async () => {
  const { clock, issued, tokens } = issuerOf();
  await Promise.all([tokens.current(undefined), clock.advance(100)]);
  const renewals = Array.from({ length: 20 }, () => tokens.renew("token-1", undefined));
  await clock.advance(100);
  expect(new Set(await Promise.all(renewals))).toEqual(new Set(["token-2"]));
  expect(await tokens.renew("token-1", undefined)).toBe("token-2");
  expect(issued).toHaveLength(2);
});

test("a caller that gives up leaves the fetch to the others", async () => {
  const { clock, tokens } = issuerOf();
  const caller = new AbortController();
  const first = failureOf(tokens.current(caller.signal));
  const second = tokens.current(undefined);
  caller.abort();
  expect((await first).code).toBe("cancelled");
  await clock.advance(100);
  expect(await second).toBe("token-1");
});

test("a fetch that failed is tried again by the next call", async () => {
  let isBroken = true;
  const tokens = createTokenSource(async () => {
    if (isBroken) throw new Failure("unavailable", "down");
    return { value: "token-1", lifetimeMilliseconds: Number.MAX_SAFE_INTEGER };
  }, createFakeClock());
  expect((await failureOf(tokens.current(undefined))).code).toBe("unavailable");
  isBroken = false;
  expect(await tokens.current(undefined)).toBe("token-1");
});

test("a request that is refused with 401 is repeated once with another token, not twice", async () => {
  const { clock, tokens } = issuerOf();
  const used: (string | undefined)[] = [];
  const refuse: Send = async ({ headers }) => {
    used.push(headers["Authorization"]);
    return vendorAnswer(401);
  };
  const step = authorize(tokens, (request, token) => ({ ...request, headers: { Authorization: token } }));
  const call = step(refuse)(readRequest());
  await clock.advance(500);
  expect((await call).status).toBe(401);
  expect(used).toEqual(["token-1", "token-2"]);
});

test("whoever fetches a token is told which one was refused, and of none when the old one ran out", async () => {
  const clock = createFakeClock();
  const refusals: (string | undefined)[] = [];
  const tokens = createTokenSource(async (refused) => {
    refusals.push(refused);
    return { value: `token-${refusals.length}`, lifetimeMilliseconds: 3_600_000 };
  }, clock);
  await tokens.current(undefined);
  await tokens.renew("token-1", undefined);
  await clock.advance(3_600_000);
  await tokens.current(undefined);
  expect(refusals).toEqual([undefined, "token-1", undefined]);
});

test("what counts as a refused token can be told", async () => {
  const { clock, tokens } = issuerOf();
  const sends: string[] = [];
  const send: Send = async ({ headers }) => {
    sends.push(headers["Authorization"] ?? "");
    return vendorAnswer(200, sends.length === 1 ? "refused" : "{}");
  };
  const isRefused = ({ body }: VendorAnswer) => new TextDecoder().decode(body) === "refused";
  const withToken = (request: VendorRequest, token: string) => ({
    ...request,
    headers: { Authorization: token },
  });
  const call = authorize(tokens, withToken, isRefused)(send)(readRequest());
  await clock.advance(500);
  expect(new TextDecoder().decode((await call).body)).toBe("{}");
  expect(sends).toEqual(["token-1", "token-2"]);
});
