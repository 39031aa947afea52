import { createClock } from "../../../src/sandbox/clock.ts";
import type { Vendor } from "../../../src/sandbox/message.ts";
import { answerText } from "../../../src/sandbox/send.ts";
import { createTakeout } from "../../../src/sandbox/takeout/takeout.ts";
import { startedAt } from "../running-sandbox.ts";

/** The vendor without HTTP between: many lives in little time. */
export function createShop() {
  const clock = createClock({ now: () => startedAt, timeScale: 0 });
  const vendor = createTakeout({ clock, seed: 1 });
  const {
    TAKEOUT_PHONE: phone,
    TAKEOUT_PASSWORD: password,
    TAKEOUT_TENANT_ID: tenantId = "",
  } = vendor.environment("");
  const headers: Record<string, string> = { "x-tenant-id": tenantId, "content-type": "application/json" };
  const ask = async (name: string, id = "", body: unknown = {}) => {
    const endpoint = vendor.endpoints.find((one) => one.name === name);
    if (!endpoint) throw new Error(`there is no ${name}`);
    const url = new URL("http://127.0.0.1/takeout");
    const text = JSON.stringify(body);
    const request = { method: endpoint.method, url, parameters: { id }, query: url.searchParams, headers };
    const bytes = Buffer.from(text);
    const answer = await endpoint.answer({ ...request, body: text, bytes, clockOffsetMilliseconds: 0 });
    return { status: answer.status, data: JSON.parse(answerText(answer.body ?? null))?.data };
  };
  const signIn = async () => {
    const { data } = await ask("POST /api/v1/auth/login", "", { phone, password, loginType: "merchant" });
    headers["authorization"] = `Bearer ${data.accessToken}`;
  };
  const names = vendor.endpoints.map(({ name }) => name);
  return { clock, names, ask, signIn, held: () => holdingsOf(vendor) };
}

/** A copy that later steps do not change. */
function holdingsOf(vendor: Vendor) {
  return JSON.parse(JSON.stringify(vendor.holdings?.() ?? {}));
}
