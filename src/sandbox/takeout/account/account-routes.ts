import { mobilePhone, newPassword, oneOf, sixDigits, text } from "../formats.ts";
import { codeTypes, loginTypes, type User } from "../records.ts";
import { conflict, created, done, forbidden, type Reply, unauthenticated, unprocessable } from "../reply.ts";
import {
  findTenant,
  fromOutside,
  type OutsideCall,
  type Route,
  type TenantCall,
  withBody,
  withoutToken,
  wrongTenant,
} from "../routes.ts";
import { hashPassword, userInfo } from "./people.ts";
import { codeSeconds, sendCode, useCode } from "./verification-codes.ts";

/** Authentication (takeout.txt, 2). */
export const accountRoutes: Route[] = [
  withoutToken(
    "POST /api/v1/auth/login",
    withBody({ phone: mobilePhone, password: text(64), loginType: oneOf(loginTypes) }, login),
  ),
  fromOutside("POST /api/v1/auth/refresh", withBody({ refreshToken: text(4_000) }, refresh)),
  withoutToken(
    "POST /api/v1/auth/register",
    withBody(
      { phone: mobilePhone, password: newPassword, verificationCode: sixDigits, nickname: text(50) },
      register,
    ),
  ),
  withoutToken(
    "POST /api/v1/auth/send-code",
    withBody({ phone: mobilePhone, type: oneOf(codeTypes) }, ({ tenant, clientNow }, request) => {
      sendCode(tenant, request, clientNow);
      return done({ expiresIn: codeSeconds });
    }),
  ),
];

type Login = Pick<User, "phone"> & { password: string; loginType: User["loginTypes"][number] };

function login({ world, tenant, clientNow }: TenantCall, { phone, password, loginType }: Login): Reply {
  const user = tenant.records.users.find((one) => one.phone === phone);
  if (user?.passwordHash !== hashPassword(phone, password)) {
    return unauthenticated("手机号或密码错误");
  }
  if (!user.loginTypes.includes(loginType)) return forbidden("该账号不能以此类型登录");
  const identity = { userId: user.id, tenantId: tenant.id, loginType };
  return done({
    accessToken: world.tokens.issue(identity, "access", clientNow),
    refreshToken: world.tokens.issue(identity, "refresh", clientNow),
    expiresIn: world.tokenSeconds,
    tokenType: "Bearer",
    userInfo: userInfo(user),
  });
}

/** takeout.txt, 2.2: no new refresh token comes with it. */
function refresh(call: OutsideCall, { refreshToken }: { refreshToken: string }): Reply {
  const { world, clientNow } = call;
  const identity = world.tokens.verify(refreshToken, "refresh", clientNow);
  if (!identity) return unauthenticated("refreshToken无效或已过期");
  if (!findTenant(call, identity.tenantId)) return wrongTenant;
  return done({
    accessToken: world.tokens.issue(identity, "access", clientNow),
    expiresIn: world.tokenSeconds,
  });
}

type Registration = Pick<User, "phone" | "nickname"> & { password: string; verificationCode: string };

function register({ tenant, now, clientNow }: TenantCall, registration: Registration): Reply {
  const { phone, password, nickname, verificationCode } = registration;
  const { users } = tenant.records;
  if (users.some((one) => one.phone === phone)) return conflict("该手机号已注册");
  if (!useCode(tenant, { phone, type: "register", code: verificationCode }, clientNow)) {
    return unprocessable("验证码无效", [{ field: "verificationCode", message: "验证码错误或已过期" }]);
  }
  const user: User = {
    id: tenant.newId("user"),
    phone,
    passwordHash: hashPassword(phone, password),
    nickname,
    avatar: null,
    loginTypes: ["customer"],
    createdAt: now,
  };
  users.push(user);
  return created(userInfo(user));
}
