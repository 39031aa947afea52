import type { Clock } from "../clock.ts";
import {
  type Answer,
  type Endpoint,
  isRecord,
  parseJson,
  type SandboxRequest,
  type Vendor,
} from "../message.ts";
import { hexOf } from "../random.ts";
import { createAdmission } from "./admission.ts";
import { applyEvent, isEnough, type LocationEvent, parseEvents } from "./location-events.ts";
import { badRequest, refuse, stateAnswer } from "./refusals.ts";
import type { SignScheme } from "./signature.ts";
import type { Tracking } from "./tracking.ts";
import { trackingDetail, trackingInList } from "./tracking-answers.ts";
import { createTrackingBook, type TrackingBook } from "./tracking-book.ts";
import { parseTracking } from "./tracking-request.ts";

/** How the vendor of load tracking starts. */
export type TransmitOptions = {
  clock: Clock;
  seed: number;
  signScheme?: SignScheme;
  /** Stands before the signed path; empty by default. */
  signPrefix?: string;
  /** The account it hands out, else one of the seed. */
  credentials?: { token: string; salt: string };
};

const mount = "/api/transmit";

/**
 * Trucker Path Transmit, written from transmit.txt: loads that are followed, and where their trucks are. Its brokers,
 * carriers and first loads are in seed.ts.
 */
export function createTransmit(options: TransmitOptions): Vendor {
  const { clock, seed, signScheme = "md5", signPrefix = "", credentials = credentialsOf(seed) } = options;
  const signing = { scheme: signScheme, prefix: signPrefix, secret: credentials.salt };
  const admit = createAdmission(clock, credentials.token, signing);
  const desk: Desk = { clock, book: createTrackingBook(clock), events: new Map() };
  return {
    name: "transmit",
    endpoints: routes(desk).map(([method, path, answer]) => ({
      name: `${method} ${mount}${path}`,
      method,
      path: new RegExp(`^${mount}${path.replace("<id>", "(?<id>[^/]+)")}$`),
      answer: (request) => admit(request, resourcePath(request)) ?? answer(request),
    })),
    refuse,
    environment: (mountUrl) => ({
      TRANSMIT_BASE_URL: mountUrl + mount,
      TRANSMIT_TOKEN: credentials.token,
      TRANSMIT_SALT: credentials.salt,
      ...(signPrefix !== "" && { TRANSMIT_SIGN_PREFIX: signPrefix }),
      ...(signScheme !== "md5" && { TRANSMIT_SIGN_SCHEME: signScheme }),
    }),
    holdings: () => ({
      trackings: desk.book.list().map((tracking) => trackingDetail(tracking, clock.now())),
      location_events: [...desk.events.values()],
      invitations: desk.book.invitations(),
    }),
  };
}

/** What the answers draw from; events by their own identifier. */
type Desk = { clock: Clock; book: TrackingBook; events: Map<string, LocationEvent> };

/** Method and path as the document writes them, below where the vendor is. */
type Route = readonly [method: Endpoint["method"], path: string, answer: (request: SandboxRequest) => Answer];

function routes(desk: Desk): Route[] {
  const found = (answer: (tracking: Tracking, request: SandboxRequest) => Answer) => {
    return (request: SandboxRequest) => {
      const tracking = desk.book.find(request.parameters["id"] ?? "");
      return tracking ? answer(tracking, request) : refuse({ status: 404, message: "Tracking not found" });
    };
  };
  return [
    ["GET", "/trackings", (request) => answerList(desk, request)],
    ["POST", "/trackings", (request) => answerCreate(desk, request)],
    ["GET", "/trackings/<id>", found((tracking) => answerDetail(desk, tracking))],
    ["PATCH", "/trackings/<id>", found((tracking, request) => answerUpdate(desk, tracking, request))],
    ["DELETE", "/trackings/<id>", found((tracking) => answerDelete(desk, tracking))],
    ["POST", "/location_events", (request) => answerEvents(desk, request)],
  ];
}

/** transmit.txt, 获取trackings: of exactly one broker or carrier, newest first, without pages. */
function answerList({ clock, book }: Desk, { query }: SandboxRequest): Answer {
  const brokerId = query.get("broker_id");
  const carrierId = query.get("carrier_id");
  if ((brokerId === null) === (carrierId === null)) {
    return badRequest("exactly one of broker_id and carrier_id is required");
  }
  if (!/^\d{1,15}$/.test(brokerId ?? carrierId ?? "")) return badRequest("the id must be a number");
  const results = book
    .list()
    .filter(
      ({ broker, carrier }) => String(brokerId === null ? carrier.id : broker.id) === (brokerId ?? carrierId),
    )
    .toReversed()
    .map((tracking) => trackingInList(tracking, clock.now()));
  return { status: 200, body: { total: results.length, results } };
}

/** transmit.txt, 创建trackings */
function answerCreate(desk: Desk, request: SandboxRequest): Answer {
  const body = readBody(request);
  if ("refusal" in body) return body.refusal;
  const parsed = parseTracking(body.value);
  if ("problem" in parsed) return badRequest(parsed.problem);
  const creation = desk.book.create(parsed.request);
  if ("invited" in creation) return stateAnswer(202, "The carrier was invited to Trucker Path");
  if ("tracking" in creation) return answerDetail(desk, creation.tracking);
  return refuse({ status: 409, message: "The carrier has an unfinished tracking" });
}

/** transmit.txt, 获取trackings by id */
function answerDetail({ clock }: Desk, tracking: Tracking): Answer {
  return { status: 200, body: trackingDetail(tracking, clock.now()) };
}

/** transmit.txt, 更新trackings: `enabled` and nothing else. */
function answerUpdate(desk: Desk, tracking: Tracking, request: SandboxRequest): Answer {
  const body = readBody(request);
  if ("refusal" in body) return body.refusal;
  const { enabled, ...others } = isRecord(body.value) ? body.value : {};
  const [stranger] = Object.keys(others);
  if (stranger !== undefined) return badRequest("only enabled can be changed");
  if (typeof enabled !== "boolean") return badRequest("enabled must be true or false");
  desk.book.setEnabled(tracking, enabled);
  return answerDetail(desk, tracking);
}

/** transmit.txt, 删除trackings */
function answerDelete({ book }: Desk, tracking: Tracking): Answer {
  book.remove(tracking);
  return { status: 204 };
}

/** transmit.txt, 创建location event: one that was told before changes nothing. */
function answerEvents({ clock, book, events }: Desk, request: SandboxRequest): Answer {
  const body = readBody(request);
  if ("refusal" in body) return body.refusal;
  const parsed = parseEvents(body.value);
  if ("problem" in parsed) return badRequest(parsed.problem);
  const now = Math.round(clock.now());
  const concerned = parsed.events.map((event) => {
    const isNew = !events.has(event.id);
    const told = events.get(event.id) ?? event;
    events.set(event.id, told);
    const tracking = applyEvent(book.list(), told);
    if (tracking && isNew) tracking.updatedAt = now;
    return tracking;
  });
  return { status: 200, body: { enough: isEnough(concerned, now) } };
}

function readBody({ headers, body }: SandboxRequest): { value: unknown } | { refusal: Answer } {
  const type = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/json") return { value: parseJson(body) };
  return { refusal: refuse({ status: 415, message: "Content-Type must be application/json" }) };
}

/** The resource's path as it was sent: /trackings/11030. */
function resourcePath({ url }: SandboxRequest): string {
  return url.pathname.slice(url.pathname.indexOf(mount) + mount.length);
}

function credentialsOf(seed: number) {
  return { token: hexOf(`transmit token ${seed}`, 32), salt: hexOf(`transmit salt ${seed}`, 32) };
}
