import { hexOf } from "../random.ts";

/** A guest as the vendor knows one: by a key of the hotel's choice, a room's number or a telephone. */
export type User = {
  userId: string;
  storeId: string;
  uidKey: string;
  mobilePhone: string | null;
  userName: string | null;
};

/** The users, each made once. */
export type Users = {
  /** The user of this key in this store; whoever asks again gets the same one, brought up to date. */
  create: (user: Omit<User, "userId">) => User;
  find: (userId: string) => User | undefined;
  list: () => User[];
};

/** No users yet. An identifier is made from the store and the key (yunji.txt, 创建用户标识). */
export function createUsers(seed: number): Users {
  const users = new Map<string, User>();
  return {
    create: (wanted) => {
      const userId = hexOf(`yunji user ${seed} ${wanted.storeId} ${wanted.uidKey}`, 24);
      const known = users.get(userId);
      const user = {
        ...wanted,
        userId,
        mobilePhone: wanted.mobilePhone ?? known?.mobilePhone ?? null,
        userName: wanted.userName ?? known?.userName ?? null,
      };
      users.set(userId, user);
      return user;
    },
    find: (userId) => users.get(userId),
    list: () => [...users.values()],
  };
}
