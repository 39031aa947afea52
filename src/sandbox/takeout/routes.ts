import { type Endpoint, parseJson, type SandboxRequest } from "../message.ts";
import { bearerToken } from "./account/tokens.ts";
import { type Format, object, type Reading, type Shape } from "./formats.ts";
import type { User } from "./records.ts";
import { forbidden, invalid, type Reply, unauthenticated, wrap } from "./reply.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

/** A request of someone who needs neither token nor tenant. */
export type OutsideCall = {
  world: World;
  request: SandboxRequest;
  /** Simulated time, milliseconds since the epoch. */
  now: number;
  /** The vendor's clock as tokens and codes go by it, milliseconds since the epoch. */
  clientNow: number;
};

/** A request to one tenant. */
export type TenantCall = OutsideCall & { tenant: Tenant };

/** A request of someone who is signed in. */
export type Call = TenantCall & { user: User };

/** One endpoint, named by method and path as the document writes them. */
export type Route = { name: string; answer: (call: OutsideCall) => Reply };

/** A route for those who are signed in: 401 without a good token, 403 in another tenant. */
export function signedIn(name: string, answer: (call: Call) => Reply): Route {
  return {
    name,
    answer: (call) => {
      const { world, request, clientNow } = call;
      const token = bearerToken(request.headers.authorization) ?? "";
      const identity = world.tokens.verify(token, "access", clientNow);
      if (!identity) return unauthenticated();
      const tenant = findTenant(call, identity.tenantId);
      if (!tenant) return wrongTenant;
      const user = tenant.records.users.find(({ id }) => id === identity.userId);
      return user ? answer({ ...call, tenant, user }) : unauthenticated();
    },
  };
}

/** A route without a token: the header alone says which tenant is meant. */
export function withoutToken(name: string, answer: (call: TenantCall) => Reply): Route {
  return {
    name,
    answer: (call) => {
      const tenant = findTenant(call);
      return tenant ? answer({ ...call, tenant }) : wrongTenant;
    },
  };
}

/** A route for others than the tenants' users. */
export function fromOutside(name: string, answer: (call: OutsideCall) => Reply): Route {
  return { name, answer };
}

/** Reads the JSON body first: 400 with every field that is wrong. */
export function withBody<Caller extends OutsideCall, Values extends Record<string, unknown>>(
  shape: Shape<Values>,
  answer: (call: Caller, body: Values) => Reply,
): (call: Caller) => Reply {
  return (call) => {
    const reading = readBody(call.request, object(shape));
    return "errors" in reading ? invalid(reading.errors) : answer(call, reading.value);
  };
}

/** Reads the query first: 400 with every parameter that is wrong. An empty one is as good as none. */
export function withQuery<Caller extends OutsideCall, Values extends Record<string, unknown>>(
  shape: Shape<Values>,
  answer: (call: Caller, query: Values) => Reply,
): (call: Caller) => Reply {
  return (call) => {
    const reading = object(shape)(Object.fromEntries(call.request.query), "");
    return "errors" in reading ? invalid(reading.errors) : answer(call, reading.value);
  };
}

/** The endpoint of a route; `{id}` in its name becomes a parameter. */
export function endpointOf({ name, answer }: Route, world: World): Endpoint {
  const [method = "", path = ""] = name.split(" ", 2);
  const pattern = path.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return {
    name,
    method: methodOf(method),
    path: new RegExp(`^${pattern}$`),
    answer: (request) => {
      const { clockOffsetMilliseconds: offset } = request;
      const times = { now: world.clock.now() + offset, clientNow: world.clock.clientNow() + offset };
      return wrap(answer({ world, request, ...times }), times.now);
    },
  };
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

function methodOf(text: string): Endpoint["method"] {
  const method = methods.find((one) => one === text);
  if (!method) throw new Error(`no route starts with ${text}`);
  return method;
}

/** No X-Tenant-Id where it is needed, an unknown one, or another than the token's. */
export const wrongTenant: Reply = forbidden("X-Tenant-Id缺失或与登录租户不符");

/** The tenant that the header names, or where it may be left out the token's; undefined when they differ. */
export function findTenant({ world, request }: OutsideCall, tokenTenantId?: string): Tenant | undefined {
  const { "x-tenant-id": header } = request.headers;
  const fallback = world.isTenantHeaderRequired ? undefined : (tokenTenantId ?? world.tenants[0].id);
  const named = header === undefined ? fallback : String(header);
  if (tokenTenantId !== undefined && named !== tokenTenantId) return undefined;
  return world.tenants.find(({ id }) => id === named);
}

function readBody<Value>({ headers, body }: SandboxRequest, format: Format<Value>): Reading<Value> {
  const type = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/json") return format(parseJson(body), "");
  return { errors: [{ field: "Content-Type", message: "必须是application/json" }] };
}
