import { z } from "zod";
import { decimalText, identifier, looseNumber } from "../wire.ts";

const text = z.string().nullish();
const money = decimalText.nullish();

/** 64-bit order numbers, as text with every digit. */
const orderNumber = z.string().regex(/^\d{1,19}$/);

/** JSON numbers under these members keep their digits. */
export const exactKeys = [
  "orderSN",
  "amount",
  "unitPrice",
  "actualPrice",
  "lowestSellingPrice",
  "admissionCertificate",
];

/** yunji.txt, 创建商品订单 */
export const receiptSchema = z.looseObject({
  orderInfo: z.looseObject({
    orderSN: orderNumber,
    createDate: z.string(),
    orderTaskInfos: z.array(z.looseObject({ orderTaskId: z.string().min(1), createDate: text })).nullish(),
  }),
});

const contentSchema = z.looseObject({
  productId: z.string(),
  productName: text,
  imageUrl: text,
  quantity: looseNumber,
});

/** `detail` is a list in the table and an object in a sample. */
const taskSchema = z.looseObject({
  orderTaskId: z.string().min(1),
  detail: z.union([z.array(contentSchema), contentSchema]).nullish(),
  processStatus: identifier,
  taskType: identifier.nullish(),
  admissionCertificate: text,
  createDate: text,
});

const itemSchema = z.looseObject({
  imageUrl: text,
  productId: z.string(),
  productName: text,
  productType: identifier.nullish(),
  amount: money,
  quantity: looseNumber,
  unitPrice: money,
});

const basicInfo = z.looseObject({ amount: money }).nullish();

/** yunji.txt, OrderInfoType参数说明; the total's member has one name in the table and another in the samples. */
const orderSchema = z.looseObject({
  orderSN: orderNumber,
  orderName: text,
  createDate: z.string(),
  orderStatus: identifier,
  orderItemInfos: z.array(itemSchema).nullish(),
  orderTaskInfos: z.array(taskSchema).nullish(),
  orderBasicInfo: basicInfo,
  orderBasicInfos: basicInfo,
  extendProperty: z
    .looseObject({ recipientAddress: text, recipientPhone: text, recipientName: text })
    .nullish(),
});

/** yunji.txt, 根据订单号查询订单; null for a number that is nobody's. */
export const orderAnswerSchema = z.looseObject({ orderInfo: orderSchema.nullable() });

/** yunji.txt, 根据用户id查询订单详情. A list that is not there is no empty one: a look-up would send a second order. */
export const ordersSchema = z.looseObject({ orderInfoList: z.array(orderSchema).nullable() });

/** yunji.txt, 取消订单. Only `requestId` is sure to be there, and it is in every answer (公共返回参数). */
export const cancelSchema = z.looseObject({ requestId: z.string() });

const productSchema = z.looseObject({
  productName: text,
  productId: z.string().min(1),
  imageUrl: text,
  unitPrice: money,
  actualPrice: money,
  storage: looseNumber.nullish(),
});

/** yunji.txt, 获取全部商品列表 and 根据客用品代码获取对应分类商品列表 */
export const productPageSchema = z.looseObject({
  productList: z.array(productSchema).nullable(),
  pagination: z.looseObject({ total: z.int().nonnegative().nullish() }).nullish(),
});

/** yunji.txt, 获取全部分组商品 */
export const productGroupsSchema = z.looseObject({
  groupProductList: z
    .array(
      z.looseObject({
        groupName: text,
        groupId: z.string().min(1),
        groupImageUrl: text,
        lowestSellingPrice: money,
        sort: looseNumber.nullish(),
        productList: z.array(productSchema).nullish(),
      }),
    )
    .nullable(),
});

const suppliesSchema = z
  .array(z.looseObject({ code: looseNumber, categoryId: identifier, comment: text }))
  .nullish();

/** yunji.txt, 获取客用品代码列表; the vendor's two documents name the list differently. */
export const guestSuppliesSchema = z
  .looseObject({
    version: looseNumber.nullish(),
    guestSuppliesList: suppliesSchema,
    guestSuppliesCodeList: suppliesSchema,
  })
  .refine((answer) => "guestSuppliesList" in answer || "guestSuppliesCodeList" in answer, {
    path: ["guestSuppliesList"],
  });

/** yunji.txt, 创建用户标识 */
export const userSchema = z.looseObject({ userId: z.string().min(1) });

/** yunji.txt, 根据送货类型返回门店下所有点位 */
export const positionsSchema = z.looseObject({
  positions: z.array(z.looseObject({ name: z.string().min(1), type: identifier })).nullable(),
});

/** POST /v1/task/estimatedTime of the vendor's current document. */
export const estimateSchema = z.looseObject({ data: looseNumber });

export type WireReceipt = z.infer<typeof receiptSchema>;
export type WireOrder = z.infer<typeof orderSchema>;
export type WireTask = z.infer<typeof taskSchema>;
export type WireProduct = z.infer<typeof productSchema>;
export type WireProductGroup = NonNullable<z.infer<typeof productGroupsSchema>["groupProductList"]>[number];
export type WireGuestSupplies = z.infer<typeof guestSuppliesSchema>;
