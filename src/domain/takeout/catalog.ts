import type { CallOptions } from "../call-options.ts";
import type { TakeoutCreated, TakeoutPage, TakeoutPageRequest } from "./page.ts";

/** takeout.txt, 3.1 */
export type MerchantSummary = {
  id: string;
  name: string;
  logo: string | null;
  rating: number | null;
  totalSales: number | null;
  status: number | null;
  createdAt: string | null;
};

/** takeout.txt, 3.2 */
export type Merchant = MerchantSummary & {
  description: string | null;
  contactPhone: string | null;
  stores: { id: string; name: string; address: string | null; phone: string | null }[];
};

/** takeout.txt, 3.3; an update sends only what is given. */
export type MerchantFields = {
  name?: string;
  logo?: string;
  description?: string;
  contactPhone?: string;
  contactPerson?: string;
  businessLicense?: string;
};

/** Which merchants are listed (takeout.txt, 3.1). */
export type MerchantQuery = TakeoutPageRequest & { keyword?: string; status?: number };

/** Whether a dish can be ordered (takeout.txt, 4.5: 上架, 下架). */
export const saleStatuses = ["on_sale", "off_sale"] as const;

export type SaleStatus = (typeof saleStatuses)[number];

/** takeout.txt, 4.1; money in yuan as decimal text. */
export type DishSummary = {
  id: string;
  name: string;
  description: string | null;
  image: string | null;
  priceYuan: string;
  originalPriceYuan: string | null;
  salesCount: number | null;
  rating: number | null;
  /** The vendor's number. */
  status: number | null;
  /** Null for a number that the document does not name. */
  saleStatus: SaleStatus | null;
  tags: string[];
};

/** takeout.txt, 4.2 */
export type Dish = DishSummary & {
  unit: string | null;
  stock: number | null;
  specs: { id: string | null; name: string; priceYuan: string; stock: number | null }[];
};

/** takeout.txt, 4.3; an update sends only what is given. */
export type DishFields = {
  merchantId?: string;
  categoryId?: string;
  name?: string;
  description?: string;
  image?: string;
  priceYuan?: string;
  originalPriceYuan?: string;
  unit?: string;
  stock?: number;
  status?: SaleStatus;
  tags?: string[];
  specs?: { name: string; priceYuan: string; stock?: number }[];
};

/** Which dishes of a merchant are listed (takeout.txt, 4.1). */
export type DishQuery = TakeoutPageRequest & {
  merchantId: string;
  categoryId?: string;
  keyword?: string;
  status?: SaleStatus;
};

/** Merchants (takeout.txt, 3). */
export type TakeoutMerchants = {
  list: (query: MerchantQuery, options?: CallOptions) => Promise<TakeoutPage<MerchantSummary>>;
  get: (merchantId: string, options?: CallOptions) => Promise<Merchant>;
  create: (fields: MerchantFields, options?: CallOptions) => Promise<TakeoutCreated>;
  update: (merchantId: string, fields: MerchantFields, options?: CallOptions) => Promise<TakeoutCreated>;
  delete: (merchantId: string, options?: CallOptions) => Promise<void>;
};

/** Dishes (takeout.txt, 4). */
export type TakeoutDishes = {
  list: (query: DishQuery, options?: CallOptions) => Promise<TakeoutPage<DishSummary>>;
  get: (dishId: string, options?: CallOptions) => Promise<Dish>;
  create: (fields: DishFields, options?: CallOptions) => Promise<TakeoutCreated>;
  update: (dishId: string, fields: DishFields, options?: CallOptions) => Promise<TakeoutCreated>;
  setStatus: (dishIds: string[], status: SaleStatus, options?: CallOptions) => Promise<void>;
};

/** What an image is for (takeout.txt, 11.1). */
export const imageTypes = ["dish_image", "merchant_logo", "user_avatar", "review_image"] as const;

/** takeout.txt, 11.1 */
export type NewImage = {
  type: (typeof imageTypes)[number];
  fileName: string;
  /** `image/png` and the like. */
  mimeType: string;
  bytes: Uint8Array;
};

/** Where an image can be seen from now on (takeout.txt, 11.1). */
export type UploadedImage = { url: string; fileName: string | null; fileSizeBytes: number | null };

/** Files (takeout.txt, 11). */
export type TakeoutFiles = {
  uploadImage: (image: NewImage, options?: CallOptions) => Promise<UploadedImage>;
};
