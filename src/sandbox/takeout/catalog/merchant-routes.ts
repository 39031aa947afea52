import { oneOfDigits, optional, phone, type Shape, text, webAddress } from "../formats.ts";
import { isUnfinished } from "../orders/states.ts";
import { answerPage, type PageQuery, pageShape, type SortKeys } from "../pages.ts";
import { type Merchant, merchantStatuses } from "../records.ts";
import { conflict, created, done, missing, type Reply, removed } from "../reply.ts";
import { type Call, type Route, signedIn, withBody, withQuery } from "../routes.ts";
import type { Tenant } from "../tenant.ts";
import { timeText } from "../time.ts";
import { merchantRating, merchantSales } from "./popularity.ts";

type NewMerchant = {
  name: string;
  contactPhone: string;
  logo: string | undefined;
  description: string | undefined;
  contactPerson: string | undefined;
  businessLicense: string | undefined;
};

const createShape: Shape<NewMerchant> = {
  name: text(100),
  contactPhone: phone,
  logo: optional(webAddress),
  description: optional(text(1_000)),
  contactPerson: optional(text(50)),
  businessLicense: optional(text(50)),
};

/** An update changes what it holds and leaves the rest. */
const updateShape: Shape<{ [Name in keyof NewMerchant]: NewMerchant[Name] | undefined }> = {
  ...createShape,
  name: optional(createShape.name),
  contactPhone: optional(createShape.contactPhone),
};

const sortKeys: SortKeys<Merchant> = { createdAt: (merchant) => merchant.createdAt };

type MerchantQuery = PageQuery & { keyword: string | undefined; status: Merchant["status"] | undefined };

const listShape: Shape<MerchantQuery> = {
  ...pageShape(sortKeys),
  keyword: optional(text(100)),
  status: optional(oneOfDigits(merchantStatuses)),
};

/** Merchants (takeout.txt, 3). */
export const merchantRoutes: Route[] = [
  signedIn("GET /api/v1/merchants", withQuery(listShape, listMerchants)),
  signedIn("GET /api/v1/merchants/{id}", (call) =>
    withMerchant(call, (merchant) => done(merchantDetail(call.tenant, merchant))),
  ),
  signedIn("POST /api/v1/merchants", withBody(createShape, createMerchant)),
  signedIn("PUT /api/v1/merchants/{id}", (call) =>
    withMerchant(call, (merchant) => withBody(updateShape, updateMerchant(merchant))(call)),
  ),
  signedIn("DELETE /api/v1/merchants/{id}", (call) =>
    withMerchant(call, (merchant) => deleteMerchant(call.tenant, merchant)),
  ),
];

function listMerchants({ tenant }: Call, query: MerchantQuery): Reply {
  const { keyword = "", status } = query;
  const entries = tenant.records.merchants.filter(
    (merchant) => merchant.name.includes(keyword) && (status === undefined || merchant.status === status),
  );
  return answerPage(query, { entries, sortKeys, show: (merchant) => merchantSummary(tenant, merchant) });
}

function withMerchant({ tenant, request }: Call, answer: (merchant: Merchant) => Reply): Reply {
  const merchant = tenant.records.merchants.find(({ id }) => id === request.parameters["id"]);
  return merchant ? answer(merchant) : missing("商家");
}

function createMerchant({ tenant, now }: Call, fields: NewMerchant): Reply {
  const merchant: Merchant = {
    id: tenant.newId("merchant"),
    name: fields.name,
    logo: fields.logo ?? null,
    description: fields.description ?? null,
    contactPhone: fields.contactPhone,
    contactPerson: fields.contactPerson ?? null,
    businessLicense: fields.businessLicense ?? null,
    status: 1,
    stores: [],
    deliveryFeeFen: 500,
    packageFeeFen: 0,
    createdAt: now,
  };
  tenant.records.merchants.push(merchant);
  return created(merchantDetail(tenant, merchant));
}

function updateMerchant(merchant: Merchant) {
  return ({ tenant }: Call, fields: Partial<NewMerchant>): Reply => {
    merchant.name = fields.name ?? merchant.name;
    merchant.logo = fields.logo ?? merchant.logo;
    merchant.description = fields.description ?? merchant.description;
    merchant.contactPhone = fields.contactPhone ?? merchant.contactPhone;
    merchant.contactPerson = fields.contactPerson ?? merchant.contactPerson;
    merchant.businessLicense = fields.businessLicense ?? merchant.businessLicense;
    return done(merchantDetail(tenant, merchant));
  };
}

/** Its dishes go with it; its orders stay, and while one is unfinished the merchant does too. */
function deleteMerchant({ records }: Tenant, merchant: Merchant): Reply {
  if (records.orders.some((order) => order.merchantId === merchant.id && isUnfinished(order))) {
    return conflict("商家还有未完成的订单");
  }
  records.merchants = records.merchants.filter((one) => one !== merchant);
  records.dishes = records.dishes.filter(({ merchantId }) => merchantId !== merchant.id);
  return removed;
}

/** takeout.txt, 3.1 */
function merchantSummary(tenant: Tenant, merchant: Merchant) {
  const { id, name, logo, status, createdAt } = merchant;
  const rating = merchantRating(tenant, id);
  return {
    id,
    name,
    logo,
    rating,
    totalSales: merchantSales(tenant, id),
    status,
    createdAt: timeText(createdAt),
  };
}

/** takeout.txt, 3.2 */
function merchantDetail(tenant: Tenant, merchant: Merchant) {
  const { description, contactPhone, contactPerson, businessLicense, stores } = merchant;
  return {
    ...merchantSummary(tenant, merchant),
    description,
    contactPhone,
    contactPerson,
    businessLicense,
    stores: stores.map(({ id, name, address, phone: storePhone }) => ({
      id,
      name,
      address,
      phone: storePhone,
    })),
  };
}
