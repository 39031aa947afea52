import {
  listOf,
  object,
  oneOf,
  oneOfDigits,
  optional,
  price,
  type Shape,
  text,
  uuid,
  webAddress,
  wholeNumber,
} from "../formats.ts";
import { answerPage, type PageQuery, pageShape, type SortKeys } from "../pages.ts";
import { type Dish, type DishStatus, dishStatuses, type Spec } from "../records.ts";
import { created, done, missing, type Reply, unprocessable } from "../reply.ts";
import { type Call, type Route, signedIn, withBody, withQuery } from "../routes.ts";
import type { Tenant } from "../tenant.ts";
import { dishDetail, dishSummary } from "./dish-answers.ts";
import { dishRating, dishSales } from "./popularity.ts";

type NewSpec = { name: string; price: number; stock: number | undefined };

/** What can be said of a dish; prices in fen. */
type DishFields = {
  categoryId: string | undefined;
  description: string | undefined;
  image: string | undefined;
  originalPrice: number | undefined;
  unit: string | undefined;
  stock: number | undefined;
  tags: string[] | undefined;
  specs: NewSpec[] | undefined;
};

type NewDish = DishFields & { merchantId: string; name: string; price: number };

type DishUpdate = DishFields & {
  name: string | undefined;
  price: number | undefined;
  status: DishStatus | undefined;
};

const stock = wholeNumber(0, 1_000_000);

const fieldsShape: Shape<DishFields> = {
  categoryId: optional(uuid),
  description: optional(text(1_000)),
  image: optional(webAddress),
  originalPrice: optional(price),
  unit: optional(text(10)),
  stock: optional(stock),
  tags: optional(listOf(text(20), 0, 20)),
  specs: optional(listOf(object<NewSpec>({ name: text(50), price, stock: optional(stock) }), 0, 50)),
};

const createShape: Shape<NewDish> = { ...fieldsShape, merchantId: uuid, name: text(100), price };

const updateShape: Shape<DishUpdate> = {
  ...fieldsShape,
  name: optional(text(100)),
  price: optional(price),
  status: optional(oneOf(dishStatuses)),
};

const statusShape: Shape<{ dishIds: string[]; status: DishStatus }> = {
  dishIds: listOf(uuid, 1, 100),
  status: oneOf(dishStatuses),
};

const sortKeys: SortKeys<Dish> = {
  createdAt: (dish) => dish.createdAt,
  price: (dish) => dish.priceFen,
};

type DishQuery = PageQuery & {
  merchantId: string | undefined;
  categoryId: string | undefined;
  keyword: string | undefined;
  status: DishStatus | undefined;
};

const listShape: Shape<DishQuery> = {
  ...pageShape(sortKeys),
  merchantId: optional(uuid),
  categoryId: optional(uuid),
  keyword: optional(text(100)),
  status: optional(oneOfDigits(dishStatuses)),
};

/** Dishes (takeout.txt, 4). */
export const dishRoutes: Route[] = [
  signedIn("GET /api/v1/dishes", withQuery(listShape, listDishes)),
  signedIn("GET /api/v1/dishes/{id}", (call) =>
    withDish(call, (dish) => done(dishDetail(dish, popularity(call.tenant, dish)))),
  ),
  signedIn("POST /api/v1/dishes", withBody(createShape, createDish)),
  signedIn("PUT /api/v1/dishes/{id}", (call) =>
    withDish(call, (dish) => withBody(updateShape, updateDish(dish))(call)),
  ),
  signedIn("PATCH /api/v1/dishes/batch-status", withBody(statusShape, setStatuses)),
];

function listDishes({ tenant }: Call, query: DishQuery): Reply {
  const { merchantId, categoryId, keyword = "", status } = query;
  const entries = tenant.records.dishes
    .filter((dish) => merchantId === undefined || dish.merchantId === merchantId)
    .filter((dish) => categoryId === undefined || dish.categoryId === categoryId)
    .filter((dish) => status === undefined || dish.status === status)
    .filter((dish) => dish.name.includes(keyword));
  const show = (dish: Dish) => dishSummary(dish, popularity(tenant, dish));
  return answerPage(query, { entries, sortKeys, show });
}

function withDish({ tenant, request }: Call, answer: (dish: Dish) => Reply): Reply {
  const dish = tenant.records.dishes.find(({ id }) => id === request.parameters["id"]);
  return dish ? answer(dish) : missing("菜品");
}

function createDish({ tenant, now }: Call, fields: NewDish): Reply {
  if (!tenant.records.merchants.some(({ id }) => id === fields.merchantId)) {
    return unprocessable("商家不存在", [{ field: "merchantId", message: "商家不存在" }]);
  }
  const dish: Dish = {
    id: tenant.newId("dish"),
    merchantId: fields.merchantId,
    categoryId: fields.categoryId ?? null,
    name: fields.name,
    description: fields.description ?? null,
    image: fields.image ?? null,
    priceFen: fields.price,
    originalPriceFen: fields.originalPrice ?? null,
    unit: fields.unit ?? null,
    stock: fields.stock ?? 0,
    status: 1,
    tags: fields.tags ?? [],
    specs: (fields.specs ?? []).map((spec) => newSpec(tenant, spec)),
    createdAt: now,
  };
  tenant.records.dishes.push(dish);
  return created(dishDetail(dish, popularity(tenant, dish)));
}

/** An update changes what it holds and leaves the rest; specs of the same name keep their identifier. */
function updateDish(dish: Dish) {
  return ({ tenant }: Call, fields: DishUpdate): Reply => {
    const { price: priceFen, originalPrice: originalPriceFen, specs, ...rest } = fields;
    const changes = { ...rest, priceFen, originalPriceFen };
    Object.assign(
      dish,
      Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
    );
    if (specs) dish.specs = specs.map((spec) => ({ ...newSpec(tenant, spec), ...kept(dish, spec) }));
    return done(dishDetail(dish, popularity(tenant, dish)));
  };
}

/** takeout.txt, 4.5: all of them or none. */
function setStatuses(
  { tenant }: Call,
  { dishIds, status }: { dishIds: string[]; status: DishStatus },
): Reply {
  const dishes = dishIds.map((id) => tenant.records.dishes.find((dish) => dish.id === id));
  const errors = dishes.flatMap((dish, index) =>
    dish ? [] : [{ field: `dishIds[${index}]`, message: "菜品不存在" }],
  );
  if (errors.length > 0) return unprocessable("部分菜品不存在", errors);
  for (const dish of dishes) if (dish) dish.status = status;
  return done({ updatedCount: new Set(dishIds).size });
}

function newSpec(tenant: Tenant, spec: NewSpec): Spec {
  return { id: tenant.newId("spec"), name: spec.name, priceFen: spec.price, stock: spec.stock ?? 0 };
}

function kept({ specs }: Dish, { name, stock: newStock }: NewSpec): Partial<Spec> {
  const before = specs.find((spec) => spec.name === name);
  if (!before) return {};
  return { id: before.id, ...(newStock === undefined && { stock: before.stock }) };
}

function popularity(tenant: Tenant, { id }: Dish) {
  return { salesCount: dishSales(tenant, id), rating: dishRating(tenant, id) };
}
