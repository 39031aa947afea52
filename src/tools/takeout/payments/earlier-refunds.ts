import * as z from "zod";
import type { App } from "../../../app.ts";
import { parseDecimal, rescale } from "../../../domain/decimal.ts";
import { fingerprintOf } from "../../../state/fingerprint.ts";
import type { WriteRecord } from "../../../state/writes/list-writes.ts";
import { yuanOfFen } from "../../yuan-of-fen.ts";

/** A refund that is asked for. */
export type Refund = { orderId: string; amountYuan: string; reason: string };

const refundArguments = z.object({ amountYuan: z.string() });

type EarlierRefund = WriteRecord & z.output<typeof refundArguments>;

/** What refunds from here say of another one: how much is gone already, and what of that is to be told, in sentences. */
type EarlierRefunds = { refundedFen: bigint; told: string[] };

/** As many refunds of one order as are looked back at. */
const rememberedRefunds = 100;

/** Looks up what Waybill itself has refunded of an order, for the vendor shows no refunds. */
export async function earlierRefunds(
  app: App,
  refund: Refund,
  requestId: string | undefined,
): Promise<EarlierRefunds> {
  const store = await app.store();
  const wanted = { tool: "refund_payment", naturalKey: refund.orderId, limit: rememberedRefunds };
  const { items } = await store.writes.list(wanted);
  const refunds = items.flatMap((write): EarlierRefund[] => {
    const { success, data } = refundArguments.safeParse(write.arguments);
    return success && write.state !== "refused" ? [{ ...write, ...data }] : [];
  });
  const done = refunds.filter(({ state }) => state === "done");
  const refundedFen = done.reduce((sum, { amountYuan }) => sum + fenOf(amountYuan), 0n);
  const isRepeat = (earlier: EarlierRefund) =>
    requestId === undefined ? isSameNow(earlier, refund) : earlier.requestId === requestId;
  return {
    refundedFen,
    told: [
      ...(done.length > 0 ? [`${inYuan(refundedFen)} yuan were refunded from here before.`] : []),
      ...refunds.filter(({ state }) => state !== "done").map(unsettled),
      ...refunds.filter(isRepeat).slice(0, 1).map(repeated),
    ],
  };
}

/** Exact yuan in fen. */
export function fenOf(amountYuan: string): bigint {
  const amount = parseDecimal(amountYuan);
  return amount ? rescale(amount, 2) : 0n;
}

/** Fen as yuan with two places. */
export function inYuan(fen: bigint): string {
  return yuanOfFen({ digits: fen, scale: 0 }) ?? "";
}

/** Asked of the ledger, which knows what would be a repeat whatever clocks say. */
function isSameNow({ fingerprint, isRepeatable, tool }: EarlierRefund, refund: Refund): boolean {
  return isRepeatable && fingerprint === fingerprintOf(tool, refund);
}

function unsettled({ amountYuan, firstStartedAt }: EarlierRefund): string {
  return `Whether the ${amountYuan} yuan asked for at ${firstStartedAt} were refunded is not known.`;
}

function repeated({ amountYuan, firstStartedAt }: EarlierRefund): string {
  return (
    `This repeats the refund of ${amountYuan} yuan of ${firstStartedAt}, so nothing would be sent; ` +
    "a second one on purpose takes a new request_id."
  );
}
