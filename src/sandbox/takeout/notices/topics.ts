/** What can be subscribed to (takeout.txt, 12.2). */
export const topics = ["order.new", "order.status", "delivery.location", "payment.success"] as const;

export type Topic = (typeof topics)[number];
