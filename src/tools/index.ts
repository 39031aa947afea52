import type { Config } from "../config/config.ts";
import { vendorNames } from "../domain/failure.ts";
import { type ToolsetName, toolsetNames, toolsetsOnRequest, vendorOfToolset } from "../domain/toolset.ts";
import { getVehicle } from "./fleet/get-vehicle.ts";
import { listUnshippedShipments } from "./fleet/list-unshipped-shipments.ts";
import { listVehicles } from "./fleet/list-vehicles.ts";
import { comparePlans } from "./planning/compare-plans.ts";
import { dispatchPlan } from "./planning/dispatch-plan.ts";
import { getPlan } from "./planning/get-plan.ts";
import { listMaterialRules } from "./planning/list-material-rules.ts";
import { listPlans } from "./planning/list-plans.ts";
import { listWrites } from "./planning/list-writes.ts";
import { planLoad } from "./planning/plan-load.ts";
import { planReport } from "./planning/plan-report.ts";
import { releaseShipments } from "./planning/release-shipments.ts";
import { renderPlan } from "./planning/render-plan.ts";
import { revisePlan } from "./planning/revise-plan.ts";
import { setDriver } from "./planning/set-driver.ts";
import { setMaterialRule } from "./planning/set-material-rule.ts";
import { cancelRobotOrder } from "./robots/cancel-robot-order.ts";
import { createRobotOrder } from "./robots/create-robot-order.ts";
import { createRobotUser } from "./robots/create-robot-user.ts";
import { estimateRobotTask } from "./robots/estimate-robot-task.ts";
import { getRobotOrder } from "./robots/get-robot-order.ts";
import { listGuestSupplies } from "./robots/list-guest-supplies.ts";
import { listRobotGoods } from "./robots/list-robot-goods.ts";
import { listRobotGoodsGroups } from "./robots/list-robot-goods-groups.ts";
import { listRobotOrders } from "./robots/list-robot-orders.ts";
import { listRobotPositions } from "./robots/list-robot-positions.ts";
import { getRouteJob } from "./routes/get-route-job.ts";
import { importRoute } from "./routes/import-route.ts";
import { registerUser } from "./takeout/account/register-user.ts";
import { sendVerificationCode } from "./takeout/account/send-verification-code.ts";
import { deleteMerchant } from "./takeout/catalog/delete-merchant.ts";
import { getDish } from "./takeout/catalog/get-dish.ts";
import { getMerchant } from "./takeout/catalog/get-merchant.ts";
import { listDishes } from "./takeout/catalog/list-dishes.ts";
import { listMerchants } from "./takeout/catalog/list-merchants.ts";
import { saveDish } from "./takeout/catalog/save-dish.ts";
import { saveMerchant } from "./takeout/catalog/save-merchant.ts";
import { setDishStatus } from "./takeout/catalog/set-dish-status.ts";
import { uploadImage } from "./takeout/catalog/upload-image.ts";
import { advanceDeliveryTask } from "./takeout/delivery/advance-delivery-task.ts";
import { assignDeliveryTask } from "./takeout/delivery/assign-delivery-task.ts";
import { listDeliveryTasks } from "./takeout/delivery/list-delivery-tasks.ts";
import { reportDriverLocation } from "./takeout/delivery/report-driver-location.ts";
import { getMerchantOverview } from "./takeout/insight/get-merchant-overview.ts";
import { getPlatformDashboard } from "./takeout/insight/get-platform-dashboard.ts";
import { claimCoupon } from "./takeout/marketing/claim-coupon.ts";
import { createReview } from "./takeout/marketing/create-review.ts";
import { listCoupons } from "./takeout/marketing/list-coupons.ts";
import { listReviews } from "./takeout/marketing/list-reviews.ts";
import { listUserCoupons } from "./takeout/marketing/list-user-coupons.ts";
import { replyReview } from "./takeout/marketing/reply-review.ts";
import { advanceTakeoutOrder } from "./takeout/orders/advance-takeout-order.ts";
import { cancelTakeoutOrder } from "./takeout/orders/cancel-takeout-order.ts";
import { createTakeoutOrder } from "./takeout/orders/create-takeout-order.ts";
import { getTakeoutOrder } from "./takeout/orders/get-takeout-order.ts";
import { listTakeoutOrders } from "./takeout/orders/list-takeout-orders.ts";
import { createPayment } from "./takeout/payments/create-payment.ts";
import { getPayment } from "./takeout/payments/get-payment.ts";
import { refundPayment } from "./takeout/payments/refund-payment.ts";
import type { Tool } from "./tool.ts";
import { createTracking } from "./tracking/create-tracking.ts";
import { deleteTracking } from "./tracking/delete-tracking.ts";
import { getTracking } from "./tracking/get-tracking.ts";
import { listEvents } from "./tracking/list-events.ts";
import { listTrackings } from "./tracking/list-trackings.ts";
import { reportLocations } from "./tracking/report-locations.ts";
import { trackShipment } from "./tracking/track-shipment.ts";
import { updateTracking } from "./tracking/update-tracking.ts";

/** Every tool there is, by toolset, in the order clients list them. */
export const toolsets: Record<ToolsetName, readonly Tool[]> = {
  fleet: [listVehicles, getVehicle, listUnshippedShipments],
  planning: [
    planLoad,
    getPlan,
    listPlans,
    revisePlan,
    comparePlans,
    renderPlan,
    dispatchPlan,
    planReport,
    listWrites,
    releaseShipments,
    setDriver,
    listMaterialRules,
    setMaterialRule,
  ],
  routes: [importRoute, getRouteJob],
  robots: [
    listRobotGoods,
    listRobotGoodsGroups,
    listGuestSupplies,
    listRobotPositions,
    createRobotUser,
    createRobotOrder,
    getRobotOrder,
    listRobotOrders,
    cancelRobotOrder,
    estimateRobotTask,
  ],
  tracking: [
    trackShipment,
    listEvents,
    listTrackings,
    getTracking,
    createTracking,
    updateTracking,
    deleteTracking,
    reportLocations,
  ],
  "takeout.orders": [
    listTakeoutOrders,
    getTakeoutOrder,
    createTakeoutOrder,
    advanceTakeoutOrder,
    cancelTakeoutOrder,
  ],
  "takeout.payments": [createPayment, getPayment, refundPayment],
  "takeout.delivery": [listDeliveryTasks, assignDeliveryTask, advanceDeliveryTask, reportDriverLocation],
  "takeout.catalog": [
    listMerchants,
    getMerchant,
    saveMerchant,
    deleteMerchant,
    listDishes,
    getDish,
    saveDish,
    setDishStatus,
    uploadImage,
  ],
  "takeout.marketing": [listCoupons, claimCoupon, listUserCoupons, listReviews, createReview, replyReview],
  "takeout.insight": [getMerchantOverview, getPlatformDashboard],
  "takeout.account": [sendVerificationCode, registerUser],
};

/** The toolsets that a configuration serves, each with its tools; read-only mode leaves out what writes. */
export function servedToolsets(config: Config): { name: ToolsetName; tools: readonly Tool[] }[] {
  const isNamed = (name: ToolsetName) => config.toolsets !== "default" && config.toolsets.includes(name);
  return toolsetNames
    .map((name) => ({
      name,
      tools: toolsets[name]
        .filter((tool) => isNamed(name) || (config.toolsets === "default" && isUsual(name, tool, config)))
        .filter(({ access }) => !config.isReadOnly || access === "read"),
    }))
    .filter(({ tools }) => tools.length > 0);
}

/** The tools that a configuration serves, in the order clients list them. */
export function servedTools(config: Config): readonly Tool[] {
  return servedToolsets(config).flatMap(({ tools }) => tools);
}

/** Served without being asked for: planning, and what a day needs of the vendors that are configured. */
function isUsual(name: ToolsetName, { vendor }: Tool, config: Config): boolean {
  if (toolsetsOnRequest.has(name)) return false;
  if (vendor !== undefined) return config[vendor] !== undefined;
  return vendorOfToolset[name] === null || vendorNames.some((one) => config[one] !== undefined);
}
