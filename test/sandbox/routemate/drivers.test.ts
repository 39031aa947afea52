import { expect, test } from "vitest";
import { accessToken, importRoute, runningSandbox } from "../running-sandbox.ts";
import { closedRoute } from "./sample-route.ts";

const sandbox = runningSandbox();

async function send(body: unknown) {
  return importRoute(sandbox(), body, { token: await accessToken(sandbox()) });
}

const withDriver = (externalJobId: string, email: string) => ({
  ...closedRoute(externalJobId),
  driver_email: email,
});
const driverWarnings = (body: { warnings: { code: string }[] }) =>
  body.warnings.map(({ code }) => code).filter((code) => code.startsWith("DRIVER_"));

test("a member of the organisation is resolved without a warning", async () => {
  const { body } = await send(withDriver("JOB-1", "chen.zhiqiang@lingzhi.example"));
  expect(body).toMatchObject({ driver_resolved: true, driver_user_id: expect.any(String) });
  expect(driverWarnings(body)).toEqual([]);
});

test("a driver with an account elsewhere is added to the organisation, once", async () => {
  const first = await send(withDriver("JOB-1", "ma.freelance@example.com"));
  const second = await send(withDriver("JOB-2", "Ma.Freelance@example.com"));
  expect(first.body.driver_resolved).toBe(true);
  expect(driverWarnings(first.body)).toEqual(["DRIVER_AUTO_ADDED"]);
  expect(driverWarnings(second.body)).toEqual([]);
  expect(second.body.driver_user_id).toBe(first.body.driver_user_id);
});

test("an unknown driver gets an invitation and the job waits", async () => {
  const { body } = await send(withDriver("JOB-1", "new.driver@example.com"));
  expect(body).toMatchObject({ driver_resolved: false, driver_user_id: null });
  expect(driverWarnings(body)).toEqual(["DRIVER_NOT_FOUND"]);
  sandbox().advance(24 * 3600);
  expect(sandbox().jobs[0]).toMatchObject({ status: "pending", status_counts: { pending: 5 } });
});
