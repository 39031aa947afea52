import type { NewTracking, Tracking } from "../../domain/freight.ts";
import type { NewRobotOrder, NewRobotUser, RobotOrderReceipt } from "../../domain/robot.ts";
import type { RouteImport, RouteImportResult } from "../../domain/route-job.ts";
import type { DishFields, MerchantFields, UploadedImage } from "../../domain/takeout/catalog.ts";
import type { NewReview } from "../../domain/takeout/marketing.ts";
import type { NewTakeoutOrder, TakeoutOrderReceipt } from "../../domain/takeout/order.ts";
import type { TakeoutCreated } from "../../domain/takeout/page.ts";
import type { NewPayment, NewRefund, PaymentReceipt } from "../../domain/takeout/payment.ts";

/**
 * What the record of writes does with a member. "plain" is kept. "personal" says who or where a customer is, or is free
 * text that may, and is kept only with WAYBILL_RECORD_PERSONAL=1. "secret" is never kept.
 */
export type FieldKind = "plain" | "personal" | "secret";

/** The names of all members of a type, at any depth; of members whose names are data there are none. */
type NamesOf<Value> = Value extends readonly (infer Member)[]
  ? NamesOf<Member>
  : Value extends object
    ? {
        [Name in keyof Value & string]-?: string extends Name ? never : Name | NamesOf<Value[Name]>;
      }[keyof Value & string]
    : never;

type Written =
  | RouteImport
  | NewRobotUser
  | NewRobotOrder
  | NewTracking
  | NewTakeoutOrder
  | NewPayment
  | NewRefund
  | MerchantFields
  | DishFields
  | NewReview;

type Answered =
  | RouteImportResult
  | RobotOrderReceipt
  | Tracking
  | TakeoutOrderReceipt
  | PaymentReceipt
  | UploadedImage
  | TakeoutCreated;

/** Every member of what vendors are sent and of what they answer: one that is new does not compile until it is decided. */
const vendorFields: Record<NamesOf<Written> | NamesOf<Answered>, FieldKind> = {
  // people and how to reach them; drivers and carriers are no customers, and who drives is what the record is for
  contactName: "personal",
  contactPerson: "personal",
  contactPhone: "personal",
  mobilePhone: "personal",
  phone: "personal",
  phoneExt: "personal",
  recipientName: "personal",
  recipientPhone: "personal",
  uidKey: "personal",
  userName: "personal",
  carrierEmail: "plain",
  driverEmail: "plain",
  email: "plain",
  // doors, and the ways to them
  address: "personal",
  deliveryAddress: "plain",
  encodedPolyline: "personal",
  estimatedTrack: "personal",
  fromLocation: "plain",
  lat: "personal",
  latitude: "personal",
  lng: "personal",
  longitude: "personal",
  recipientAddress: "personal",
  toLocation: "plain",
  tracks: "personal",
  // free text, pictures, and what passes through unread
  content: "personal",
  details: "personal",
  fileName: "personal",
  images: "personal",
  label: "personal",
  message: "personal",
  metadata: "personal",
  notes: "personal",
  reason: "personal",
  remark: "personal",
  title: "personal",
  url: "personal",
  // who has them pays, or signs in
  deepLink: "secret",
  qrCode: "secret",
  // what things are and how many
  actualAmountYuan: "plain",
  amountYuan: "plain",
  broker: "plain",
  businessLicense: "plain",
  carrier: "plain",
  categoryId: "plain",
  code: "plain",
  companyName: "plain",
  couponId: "plain",
  coveredMeters: "plain",
  createdAt: "plain",
  deletedAt: "plain",
  deliveryFeeYuan: "plain",
  deliveryRating: "plain",
  description: "plain",
  discountAmountYuan: "plain",
  dishId: "plain",
  dot: "plain",
  driverResolved: "plain",
  driverUserId: "plain",
  durationMinutes: "plain",
  enabled: "plain",
  externalJobId: "plain",
  externalStopId: "plain",
  fileSizeBytes: "plain",
  fromDate: "plain",
  id: "plain",
  image: "plain",
  isAnonymous: "plain",
  items: "plain",
  jobId: "plain",
  logo: "plain",
  mc: "plain",
  merchantId: "plain",
  name: "plain",
  optimization: "plain",
  orderId: "plain",
  orderNo: "plain",
  orderSn: "plain",
  originalPriceYuan: "plain",
  packageRating: "plain",
  parcelCount: "plain",
  payment: "plain",
  paymentMethod: "plain",
  paymentNo: "plain",
  priceYuan: "plain",
  priority: "plain",
  productId: "plain",
  quantity: "plain",
  rating: "plain",
  remainingMeters: "plain",
  route: "plain",
  routeId: "plain",
  scheduledDate: "plain",
  serviceType: "plain",
  shipmentId: "plain",
  sortOrder: "plain",
  specId: "plain",
  specs: "plain",
  status: "plain",
  stock: "plain",
  stops: "plain",
  stopsGeocodeFailed: "plain",
  stopsGeocoded: "plain",
  stopsImported: "plain",
  storeId: "plain",
  tags: "plain",
  taskId: "plain",
  tasks: "plain",
  tasteRating: "plain",
  timeWindowEnd: "plain",
  timeWindowStart: "plain",
  timezone: "plain",
  toDate: "plain",
  totalAmountYuan: "plain",
  totalDistanceKm: "plain",
  totalDurationMinutes: "plain",
  totalMeters: "plain",
  unit: "plain",
  updatedAt: "plain",
  userId: "plain",
  warnings: "plain",
};

/** Members that tools put beside those of the vendors. */
const ownFields: Record<string, FieldKind> = {
  nickname: "personal",
  codeDigest: "secret",
  deliveryCode: "secret",
  password: "secret",
  verificationCode: "secret",
  action: "plain",
  after: "plain",
  cancelBy: "plain",
  created: "plain",
  deleted: "plain",
  dishIds: "plain",
  driverId: "plain",
  enough: "plain",
  estimatedMinutes: "plain",
  events: "plain",
  fields: "plain",
  firstId: "plain",
  idempotencyKey: "plain",
  isReadBack: "plain",
  ofEvents: "plain",
  reviewId: "plain",
  sha256: "plain",
  sizeBytes: "plain",
  statusText: "plain",
  tracking: "plain",
  trackingId: "plain",
  type: "plain",
};

const fieldKinds = new Map<string, FieldKind>(Object.entries({ ...ownFields, ...vendorFields }));

/** What the record does with a member of this name; undefined for one that nobody has decided about. */
export function fieldKindOf(name: string): FieldKind | undefined {
  return fieldKinds.get(name);
}
