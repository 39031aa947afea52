import type { CallOptions } from "../call-options.ts";
import type { TakeoutCreated } from "./page.ts";

/** What a code is for (takeout.txt, 2.4). */
export const verificationTypes = ["register", "login", "reset_password"] as const;

/** Who is to be registered (takeout.txt, 2.3). */
type NewUser = { phone: string; password: string; verificationCode: string; nickname: string };

/** Accounts (takeout.txt, 2.3 and 2.4): the two calls that need no token. */
export type TakeoutAccount = {
  sendVerificationCode: (
    request: { phone: string; type: (typeof verificationTypes)[number] },
    options?: CallOptions,
  ) => Promise<void>;
  register: (user: NewUser, options?: CallOptions) => Promise<TakeoutCreated>;
};
