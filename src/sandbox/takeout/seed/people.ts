import { hexOf, type Random } from "../../random.ts";
import { hashPassword } from "../account/people.ts";
import type { Driver, LoginType, User } from "../records.ts";
import type { Tenant } from "../tenant.ts";

/** What a user signs in with. */
export type Credentials = { phone: string; password: string };

/** The accounts that are signed in with: `main` is the one of the sandbox's environment, of its first tenant. */
export function credentialsOf(name: "main" | "neighbour", seed: number): Credentials {
  const phone = name === "main" ? "13800138000" : "13900139000";
  return { phone, password: hexOf(`takeout password ${name} ${seed}`, 20) };
}

type Person = { nickname: string; phone: string; loginTypes: LoginType[] };

const driverNames = ["陈志强", "梁伟明", "黄国栋", "何家俊"] as const;
const customerNames = [
  "林秀兰",
  "吴慧敏",
  "罗小燕",
  "冯丽华",
  "区少芬",
  "麦永健",
  "郑晓彤",
  "谢文杰",
] as const;

/** Adds someone who may sign in with this password. */
export function addUser(
  tenant: Tenant,
  person: Person,
  { password, at }: { password: string; at: number },
): User {
  const { nickname, phone, loginTypes } = person;
  const user: User = {
    id: tenant.newId("user"),
    phone,
    passwordHash: hashPassword(phone, password),
    nickname,
    avatar: `https://cdn.example.com/avatars/${phone.slice(-4)}.jpg`,
    loginTypes,
    createdAt: at,
  };
  tenant.records.users.push(user);
  return user;
}

/** Drivers with accounts of their own, the last of them off duty; and `user`, who steps in at need. */
export function addDrivers(tenant: Tenant, user: User, at: number): Driver[] {
  const hired = driverNames.map((nickname, index) => {
    const person = { nickname, phone: `1360000${String(1001 + index)}`, loginTypes: [] };
    return addUser(tenant, person, { password: tenant.newId("password"), at });
  });
  const drivers = [user, ...hired].map(({ id: userId, nickname: name, phone }, index) => ({
    id: tenant.newId("driver"),
    userId,
    name,
    phone,
    isOnDuty: index < driverNames.length,
    location: null,
  }));
  tenant.records.drivers.push(...drivers);
  return drivers;
}

/** Customers of the past days; nobody knows their passwords. */
export function addCustomers(tenant: Tenant, random: Random, at: number): User[] {
  return customerNames.map((nickname, index) => {
    const phone = `137${random.integer(1000, 9999)}${String(2001 + index)}`;
    const person: Person = { nickname, phone, loginTypes: ["customer"] };
    return addUser(tenant, person, { password: tenant.newId("password"), at });
  });
}
