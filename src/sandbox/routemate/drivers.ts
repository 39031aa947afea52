import { randomUUID } from "node:crypto";

/** What the vendor makes of a driver's e-mail. `userId` is null for an address without an account. */
export type DriverMatch = { userId: string | null; wasAdded: boolean };

/** Who the vendor knows: members of the factory's organisation, and drivers with an account who are not in it. */
export type Drivers = { match: (clientId: string, email: string) => DriverMatch };

/** Members of the organisation; the first is the one of routemate.txt. All are invented. */
const memberEmails = [
  "driver@example.com",
  "chen.zhiqiang@lingzhi.example",
  "liang.weiming@lingzhi.example",
  "huang.guodong@lingzhi.example",
  "he.jiajun@lingzhi.example",
  "luo.yongjian@lingzhi.example",
] as const;

/** Drivers with an account of their own: an import adds them to the organisation. */
const outsideEmails = ["ma.freelance@example.com", "ou.freelance@example.com"] as const;

/** The vendor's accounts. Any other address gets an invitation (routemate.txt, 警告代码). */
export function createDrivers(): Drivers {
  const accounts = new Map(
    [...memberEmails, ...outsideEmails].map((email) => [email.toString(), randomUUID()]),
  );
  const added = new Set<string>();
  const members: readonly string[] = memberEmails;
  return {
    match: (clientId, email) => {
      const address = email.toLowerCase();
      const userId = accounts.get(address) ?? null;
      const membership = `${clientId} ${address}`;
      if (userId === null || members.includes(address) || added.has(membership))
        return { userId, wasAdded: false };
      added.add(membership);
      return { userId, wasAdded: true };
    },
  };
}
