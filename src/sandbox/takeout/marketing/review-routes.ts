import { averageRating } from "../catalog/popularity.ts";
import {
  listOf,
  oneOfDigits,
  optional,
  type Shape,
  text,
  uuid,
  webAddress,
  wholeNumber,
  yesOrNo,
} from "../formats.ts";
import { answerPage, type PageQuery, pageShape, type SortKeys } from "../pages.ts";
import type { Review } from "../records.ts";
import { conflict, created, done, missing, type Reply, unprocessable } from "../reply.ts";
import {
  type Call,
  type Route,
  signedIn,
  type TenantCall,
  withBody,
  withoutToken,
  withQuery,
} from "../routes.ts";
import type { Tenant } from "../tenant.ts";
import { timeText, timeTextOrNull } from "../time.ts";

const ratings = [1, 2, 3, 4, 5] as const;

const rating = wholeNumber(1, 5);

type NewReview = {
  orderId: string;
  rating: number;
  tasteRating: number | undefined;
  packageRating: number | undefined;
  deliveryRating: number | undefined;
  content: string | undefined;
  images: string[] | undefined;
  isAnonymous: boolean | undefined;
};

const reviewShape: Shape<NewReview> = {
  orderId: uuid,
  rating,
  tasteRating: optional(rating),
  packageRating: optional(rating),
  deliveryRating: optional(rating),
  content: optional(text(500)),
  images: optional(listOf(webAddress, 0, 9)),
  isAnonymous: optional(yesOrNo),
};

const sortKeys: SortKeys<Review> = {
  createdAt: (review) => review.createdAt,
  rating: (review) => review.rating,
};

type ReviewQuery = PageQuery & { merchantId: string; rating: number | undefined };

const listShape: Shape<ReviewQuery> = {
  ...pageShape(sortKeys),
  merchantId: uuid,
  rating: optional(oneOfDigits(ratings)),
};

/** Reviews (takeout.txt, 9); the list alone shows no Authorization header. */
export const reviewRoutes: Route[] = [
  signedIn("POST /api/v1/reviews", withBody(reviewShape, createReview)),
  withoutToken("GET /api/v1/reviews", withQuery(listShape, listReviews)),
  signedIn("POST /api/v1/reviews/{id}/reply", withBody({ replyContent: text(500) }, replyToReview)),
];

function createReview({ tenant, user, now }: Call, fields: NewReview): Reply {
  const { orders, reviews } = tenant.records;
  const order = orders.find(({ id }) => id === fields.orderId);
  if (!order) return missing("订单");
  if (order.state !== "completed") return unprocessable("订单未完成，不能评价");
  if (reviews.some(({ orderId }) => orderId === order.id)) return conflict("订单已评价");
  const review: Review = {
    id: tenant.newId("review"),
    orderId: order.id,
    merchantId: order.merchantId,
    userId: user.id,
    rating: fields.rating,
    tasteRating: fields.tasteRating ?? null,
    packageRating: fields.packageRating ?? null,
    deliveryRating: fields.deliveryRating ?? null,
    content: fields.content ?? null,
    images: fields.images ?? [],
    isAnonymous: fields.isAnonymous ?? false,
    reply: null,
    createdAt: now,
  };
  reviews.push(review);
  return created(reviewAnswer(tenant, review));
}

/** takeout.txt, 9.2: the statistics are of all reviews of the merchant, whatever rating is asked for. */
function listReviews({ tenant }: TenantCall, query: ReviewQuery): Reply {
  const { merchantId, rating: wanted } = query;
  if (!tenant.records.merchants.some(({ id }) => id === merchantId)) return missing("商家");
  const reviews = tenant.records.reviews.filter((review) => review.merchantId === merchantId);
  const entries = reviews.filter((review) => wanted === undefined || review.rating === wanted);
  const beside = { statistics: statisticsOf(reviews) };
  return answerPage(query, { entries, sortKeys, show: (review) => reviewAnswer(tenant, review), beside });
}

/** takeout.txt, 9.3: once. */
function replyToReview({ tenant, request, now }: Call, { replyContent }: { replyContent: string }): Reply {
  const review = tenant.records.reviews.find(({ id }) => id === request.parameters["id"]);
  if (!review) return missing("评价");
  if (review.reply) return conflict("评价已回复");
  review.reply = { content: replyContent, at: now };
  return done(reviewAnswer(tenant, review));
}

function statisticsOf(reviews: readonly Review[]) {
  const count = (wanted: number) => reviews.filter((review) => review.rating === wanted).length;
  return {
    avgRating: averageRating(reviews),
    totalReviews: reviews.length,
    rating5Count: count(5),
    rating4Count: count(4),
    rating3Count: count(3),
    rating2Count: count(2),
    rating1Count: count(1),
  };
}

/** takeout.txt, 9.2; who wants no name gets none. */
function reviewAnswer({ records }: Tenant, review: Review) {
  const user = records.users.find(({ id }) => id === review.userId);
  return {
    id: review.id,
    orderId: review.orderId,
    userName: review.isAnonymous ? "匿名用户" : (user?.nickname ?? null),
    userAvatar: review.isAnonymous ? null : (user?.avatar ?? null),
    rating: review.rating,
    tasteRating: review.tasteRating,
    packageRating: review.packageRating,
    deliveryRating: review.deliveryRating,
    content: review.content,
    images: review.images,
    createdAt: timeText(review.createdAt),
    replyContent: review.reply?.content ?? null,
    replyAt: timeTextOrNull(review.reply?.at ?? null),
  };
}
