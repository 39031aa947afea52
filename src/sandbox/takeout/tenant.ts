import { fractionOf, hexOf } from "../random.ts";
import type { Topic } from "./notices/topics.ts";
import type {
  Coupon,
  DeliveryTask,
  Dish,
  Driver,
  Merchant,
  Order,
  Payment,
  Refund,
  Review,
  UploadedFile,
  User,
  UserCoupon,
  VerificationCode,
} from "./records.ts";
import { businessDay } from "./time.ts";

/** Everything one tenant holds, each list oldest first; no other tenant sees any of it. */
type TenantRecords = {
  users: User[];
  verificationCodes: VerificationCode[];
  merchants: Merchant[];
  dishes: Dish[];
  orders: Order[];
  payments: Payment[];
  refunds: Refund[];
  drivers: Driver[];
  deliveryTasks: DeliveryTask[];
  coupons: Coupon[];
  userCoupons: UserCoupon[];
  reviews: Review[];
  files: UploadedFile[];
};

/** Something that listeners are told of; `at` is simulated time in milliseconds since the epoch. */
export type Notice = { topic: Topic; data: Record<string, unknown>; at: number };

/** A tenant of the SaaS. */
export type Tenant = {
  /** What X-Tenant-Id names. */
  id: string;
  records: TenantRecords;
  /** A new identifier that depends on the seed, the kind and how many of them there were. */
  newId: (kind: string) => string;
  /** A new number of a kind on the day of a moment: 202401010001. */
  newNumber: (kind: string, moment: number) => string;
  /** Who is told of notices. */
  listeners: Set<(notice: Notice) => void>;
};

/** A tenant without any records; `name` and `seed` decide its identifiers. */
export function createTenant(name: string, seed: number): Tenant {
  const counts = new Map<string, number>();
  const next = (key: string) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  return {
    id: uuidOf(`takeout tenant ${name} ${seed}`),
    records: emptyRecords(),
    newId: (kind) => uuidOf(`takeout ${name} ${seed} ${kind} ${next(kind)}`),
    newNumber: (kind, moment) => {
      const day = businessDay(moment).replaceAll("-", "");
      return day + String(next(`${kind} ${day}`)).padStart(4, "0");
    },
    listeners: new Set(),
  };
}

/** Tells everyone who listens to the tenant. */
export function publish(tenant: Tenant, notice: Notice): void {
  for (const tell of tenant.listeners) tell(notice);
}

/** A UUID (version 8, RFC 9562) that depends on the text alone. */
export function uuidOf(text: string): string {
  const hex = hexOf(text, 32);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join("-");
}

/** A code of six digits that depends on the text alone. */
export function sixDigitsOf(text: string): string {
  return String(Math.floor(fractionOf(text) * 1_000_000)).padStart(6, "0");
}

function emptyRecords(): TenantRecords {
  return {
    users: [],
    verificationCodes: [],
    merchants: [],
    dishes: [],
    orders: [],
    payments: [],
    refunds: [],
    drivers: [],
    deliveryTasks: [],
    coupons: [],
    userCoupons: [],
    reviews: [],
    files: [],
  };
}
