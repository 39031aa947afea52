import { describe, expect, test } from "vitest";
import { credentialsOf } from "../../../src/sandbox/routemate/integrations.ts";
import { accessToken, call, jobStatus, post, runningSandbox, variable } from "../running-sandbox.ts";

const sandbox = runningSandbox();

function askToken(body: unknown) {
  return post(`${variable(sandbox(), "ROUTEMATE_BASE_URL")}/integration-token`, body);
}

function credentials() {
  return {
    client_id: variable(sandbox(), "ROUTEMATE_CLIENT_ID"),
    client_secret: variable(sandbox(), "ROUTEMATE_CLIENT_SECRET"),
  };
}

test("the credentials have the document's prefixes", () => {
  expect(credentials()).toEqual({
    client_id: expect.stringMatching(/^rm_ci_/),
    client_secret: expect.stringMatching(/^rm_cs_/),
  });
});

test("the right credentials give an opaque token for an hour", async () => {
  const { status, body } = await askToken(credentials());
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.stringMatching(/^rm_at_[0-9a-f]{40}$/),
    token_type: "Bearer",
    expires_in: 3600,
  });
});

describe("refusals", () => {
  test.each([
    ["no body", undefined],
    ["no secret", { client_id: "rm_ci_x" }],
    ["no client", { client_secret: "rm_cs_x" }],
    ["an empty secret", { client_id: "rm_ci_x", client_secret: "" }],
  ])("%s is a 400", async (_, body) => {
    expect(await askToken(body)).toMatchObject({ status: 400, body: { error: expect.any(String) } });
  });

  test("a wrong secret is a 401", async () => {
    const answer = await askToken({ ...credentials(), client_secret: "rm_cs_wrong" });
    expect(answer).toMatchObject({ status: 401, body: { error: expect.any(String) } });
  });

  test("an unknown client is a 401", async () => {
    const answer = await askToken({ ...credentials(), client_id: "rm_ci_unknown" });
    expect(answer).toMatchObject({ status: 401, body: { error: expect.any(String) } });
  });

  test("a disabled integration is a 403", async () => {
    const { clientId, clientSecret } = credentialsOf("disabled", 1);
    const answer = await askToken({ client_id: clientId, client_secret: clientSecret });
    expect(answer).toMatchObject({ status: 403, body: { error: expect.any(String) } });
  });
});

describe("a token's life", () => {
  test("a token is good for many requests until its hour is over", async () => {
    const token = await accessToken(sandbox());
    expect((await jobStatus(sandbox(), "job_id=none", token)).status).toBe(404);
    sandbox().advance(3599);
    expect((await jobStatus(sandbox(), "job_id=none", token)).status).toBe(404);
    sandbox().advance(1);
    const { status, body } = await jobStatus(sandbox(), "job_id=none", token);
    expect({ status, body }).toEqual({ status: 401, body: { error: expect.any(String) } });
  });

  test("a new token leaves the one before valid", async () => {
    const first = await accessToken(sandbox());
    const second = await accessToken(sandbox());
    expect(second).not.toBe(first);
    expect((await jobStatus(sandbox(), "job_id=none", first)).status).toBe(404);
  });

  test.each([
    ["no header", {}],
    ["an unknown token", { authorization: "Bearer rm_at_0000000000000000000000000000000000000000" }],
    ["no Bearer", { authorization: "rm_at_0000000000000000000000000000000000000000" }],
  ])("%s is a 401", async (_, headers: Record<string, string>) => {
    const answer = await call(`${variable(sandbox(), "ROUTEMATE_BASE_URL")}/integration-jobs?job_id=x`, {
      headers,
    });
    expect(answer).toMatchObject({ status: 401, body: { error: expect.any(String) } });
  });
});

describe("with a shorter life", () => {
  const brief = runningSandbox({ tokenSeconds: 5 });

  test("a token says how long it lives and keeps to it", async () => {
    const { body } = await post(`${variable(brief(), "ROUTEMATE_BASE_URL")}/integration-token`, {
      client_id: variable(brief(), "ROUTEMATE_CLIENT_ID"),
      client_secret: variable(brief(), "ROUTEMATE_CLIENT_SECRET"),
    });
    expect(body.expires_in).toBe(5);
    brief().advance(4);
    expect((await jobStatus(brief(), "job_id=none", body.access_token)).status).toBe(404);
    brief().advance(1);
    expect((await jobStatus(brief(), "job_id=none", body.access_token)).status).toBe(401);
  });
});
