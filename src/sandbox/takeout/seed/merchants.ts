import { locate } from "../../gazetteer.ts";
import type { Random } from "../../random.ts";
import type { Dish, Merchant } from "../records.ts";
import { type Tenant, uuidOf } from "../tenant.ts";
import type { MenuDish, MenuMerchant } from "./menu.ts";

/** Opens merchants with their stores and dishes; `at` is when (simulated time, milliseconds since the epoch). */
export function addMerchants(
  tenant: Tenant,
  menu: readonly MenuMerchant[],
  { random, at }: { random: Random; at: number },
): void {
  for (const [index, entry] of menu.entries()) {
    const merchant = createMerchant(tenant, entry, { random, at: at + index * 3600_000 });
    tenant.records.merchants.push(merchant);
    const dishes = entry.dishes.map((dish) => createDish(tenant, merchant, dish));
    tenant.records.dishes.push(...dishes);
  }
}

const stock = 100;
const specStock = 50;

/** Fills the shelves up again, as each morning. */
export function restock({ records }: Tenant): void {
  for (const dish of records.dishes) {
    dish.stock = stock;
    for (const spec of dish.specs) spec.stock = specStock;
  }
}

function createMerchant(
  tenant: Tenant,
  entry: MenuMerchant,
  { random, at }: { random: Random; at: number },
): Merchant {
  const { stores, dishes, ...fields } = entry;
  const id = tenant.newId("merchant");
  return {
    ...fields,
    id,
    logo: `https://cdn.example.com/images/${id}.jpg`,
    businessLicense: `9144010${random.integer(10_000_000, 99_999_999)}X`,
    status: 1,
    stores: stores.map(([name, address]) => {
      const { lat: latitude, lng: longitude } = locate(address);
      const phone = `020-${random.integer(30_000_000, 89_999_999)}`;
      return { id: tenant.newId("store"), name, address, phone, latitude, longitude };
    }),
    createdAt: at,
  };
}

function createDish(tenant: Tenant, merchant: Merchant, entry: MenuDish): Dish {
  const { category, tags, specs, ...fields } = entry;
  const id = tenant.newId("dish");
  return {
    ...fields,
    id,
    merchantId: merchant.id,
    categoryId: uuidOf(`category ${merchant.id} ${category}`),
    image: `https://cdn.example.com/images/${id}.jpg`,
    unit: "份",
    stock,
    status: 1,
    tags: [...tags],
    specs: specs.map(([name, priceFen]) => ({ id: tenant.newId("spec"), name, priceFen, stock: specStock })),
    createdAt: merchant.createdAt,
  };
}
