import type { DeliveryTask, Driver } from "../records.ts";
import type { Tenant } from "../tenant.ts";
import { timeText, timeTextOrNull } from "../time.ts";
import { deliveryStates } from "./states.ts";

/**
 * A task as the merchant sees it (takeout.txt, 7, shows no answer). The delivery code is in it: the merchant tells it
 * to the customer, who tells it to the driver at the door.
 */
export function taskAnswer({ records }: Tenant, task: DeliveryTask) {
  const order = records.orders.find(({ id }) => id === task.orderId);
  const merchant = records.merchants.find(({ id }) => id === order?.merchantId);
  const store = merchant?.stores.find(({ id }) => id === order?.storeId);
  const driver = records.drivers.find(({ id }) => id === task.driverId);
  const { status, statusText } = deliveryStates[task.state];
  return {
    id: task.id,
    orderId: task.orderId,
    orderNo: order?.orderNo ?? null,
    merchantId: order?.merchantId ?? null,
    merchantName: merchant?.name ?? null,
    pickupAddress: store?.address ?? null,
    deliveryAddress: order?.deliveryAddress ?? null,
    driverId: task.driverId,
    ...driverAnswer(driver),
    status,
    statusText,
    deliveryCode: task.deliveryCode,
    createdAt: timeText(task.createdAt),
    assignedAt: timeTextOrNull(task.assignedAt),
    acceptedAt: timeTextOrNull(task.acceptedAt),
    pickedUpAt: timeTextOrNull(task.pickedUpAt),
    deliveredAt: timeTextOrNull(task.deliveredAt),
  };
}

function driverAnswer(driver: Driver | undefined) {
  const { name = null, phone = null, location = null } = driver ?? {};
  if (!location) return { driverName: name, driverPhone: phone, driverLocation: null };
  const { latitude, longitude, reportedAt } = location;
  const driverLocation = { latitude, longitude, updatedAt: timeText(reportedAt) };
  return { driverName: name, driverPhone: phone, driverLocation };
}
