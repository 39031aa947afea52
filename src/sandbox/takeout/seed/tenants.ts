import { createRandom } from "../../random.ts";
import { createTenant, type Tenant } from "../tenant.ts";
import { addCoupons } from "./coupons.ts";
import { addHistory } from "./history.ts";
import { menu, neighbourMenu } from "./menu.ts";
import { addMerchants } from "./merchants.ts";
import { addCustomers, addDrivers, addUser, credentialsOf } from "./people.ts";

const dayMs = 24 * 3600 * 1000;

/** What the SaaS holds at its start: our tenant first, then a neighbour. The same seed on the same moment gives the same. */
export function seedTenants({ seed, startedAt }: { seed: number; startedAt: number }): [Tenant, Tenant] {
  return [seedMain(seed, startedAt), seedNeighbour(seed, startedAt)];
}

/** The user of the sandbox's environment may sign in as anyone, and is one of the drivers too. */
function seedMain(seed: number, startedAt: number): Tenant {
  const tenant = createTenant("main", seed);
  const random = createRandom(seed);
  const at = startedAt - 90 * dayMs;
  const { phone, password } = credentialsOf("main", seed);
  const everyType = ["customer" as const, "merchant" as const, "system" as const];
  const user = addUser(tenant, { nickname: "张三", phone, loginTypes: everyType }, { password, at });
  addMerchants(tenant, menu, { random, at });
  addCoupons(tenant, user, startedAt);
  const [customer, ...customers] = addCustomers(tenant, random, at);
  const [, driver, ...drivers] = addDrivers(tenant, user, at);
  if (customer && driver) {
    addHistory(
      { tenant, random, customers: [customer, ...customers], drivers: [driver, ...drivers] },
      startedAt,
    );
  }
  return tenant;
}

function seedNeighbour(seed: number, startedAt: number): Tenant {
  const tenant = createTenant("neighbour", seed);
  const at = startedAt - 30 * dayMs;
  const { phone, password } = credentialsOf("neighbour", seed);
  const person = { nickname: "吴十一", phone, loginTypes: ["merchant" as const] };
  addUser(tenant, person, { password, at });
  addMerchants(tenant, neighbourMenu, { random: createRandom(seed + 1), at });
  return tenant;
}
