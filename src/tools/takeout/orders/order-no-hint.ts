import { Failure } from "../../../domain/failure.ts";

/** What a person reads off an order and takes for its identifier. */
export const orderNoHint = "That looks like an order_no: list_takeout_orders gives the id.";

/** Whether an identifier is digits alone, as order numbers are and the vendor's UUIDs are not (takeout.txt, 5). */
export function looksLikeOrderNo(orderId: string): boolean {
  return /^\d+$/.test(orderId);
}

/** What was asked about an order; where the vendor knows none by an identifier that is an order_no, the failure says so. */
export async function orNoOrderNo<Answer>(orderId: string, asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== "not_found" || !looksLikeOrderNo(orderId))
      throw thrown;
    throw new Failure(thrown.code, thrown.message, { ...thrown.details, hint: orderNoHint }, thrown);
  }
}
