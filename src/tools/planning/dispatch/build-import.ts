import { chinaOffset, isWithinChina } from "../../../domain/china-time.ts";
import { formatDecimal, parseDecimal, rescale } from "../../../domain/decimal.ts";
import type { Place } from "../../../domain/place.ts";
import type { Plan, PlanRoute, PlanStop } from "../../../domain/plan.ts";
import type { RouteImport, RouteImportStop } from "../../../domain/route-job.ts";
import { oneLine } from "../../../domain/vendor-text.ts";
import { endsOf } from "../../../planning/picture/located-stops.ts";
import { type RouteVisit, visitsOf } from "./route-visits.ts";
import { unloadingMinutes, windowOf } from "./stop-times.ts";

/** routemate.txt, 速率限制: of the Team plan. */
const mostStops = 200;

/** A route of a plan and who drives it; `revision` is the one that it is, or was, sent from. */
export type RouteToSend = { plan: Plan; route: PlanRoute; driverEmail: string };

/** The identifier of a plan's route at the vendor: the same for ever, so that there is one job. */
export function externalJobIdOf({ planId }: Pick<Plan, "planId">, licensePlate: string): string {
  return `${planId}-${licensePlate}`;
}

/**
 * The route as RouteMate takes it (routemate.txt, 请求体): where it starts first, where it loads again between its
 * trips, and where it ends last, unless it ends at a customer. Made of plan and driver alone, so that it is the same
 * in every process and at every time.
 */
export function buildImport({ plan, route, driverEmail }: RouteToSend): RouteImport {
  const { licensePlate, departAt } = route;
  const date = departAt.slice(0, 10);
  const timezone = timezoneOf(plan, departAt);
  return {
    externalJobId: externalJobIdOf(plan, licensePlate),
    title: cut(`${plan.area ?? "Deliveries"} ${licensePlate} ${date}`, 300),
    driverEmail,
    scheduledDate: date,
    ...(timezone !== undefined && { timezone }),
    metadata: { plan_id: plan.planId, revision: plan.revision, license_plate: licensePlate },
    stops: importVisits(plan, route).map((visit, index) => toImportStop(visit, { plan, route, index })),
  };
}

/** The visits of a route as they are sent. */
export function importVisits(plan: Plan, route: PlanRoute): RouteVisit[] {
  return visitsOf(route, { hasEnd: endsOf(plan, route).to !== undefined });
}

/** Why a route can't be sent as it is; none when it can. */
export function importObstacles(plan: Plan, route: PlanRoute): string[] {
  const count = importVisits(plan, route).length;
  const lost = route.stops.filter((stop) => stop.lat === null && !stop.address?.trim());
  return [
    ...(route.stops.length === 0 ? ["It has no stop."] : []),
    ...(count > mostStops
      ? [
          `It has ${count} stops with the depot; RouteMate takes at most ${mostStops} a route. Move ${count - mostStops} of them with revise_plan.`,
        ]
      : []),
    ...lost.map(
      ({ sequence, shipmentIds }) =>
        `Stop ${sequence} (shipment ${shipmentIds.join(", ")}) has neither address nor position, so nobody could find it: complete it in the ERP, or take it off with revise_plan (remove).`,
    ),
  ];
}

type Context = { plan: Plan; route: PlanRoute; index: number };

function toImportStop(visit: RouteVisit, context: Context): RouteImportStop {
  const stop = visit.kind === "stop" ? customerStop(visit, context) : depotStop(visit, context);
  // The smaller the more urgent (routemate.txt, 停靠点字段): the planned order, for what honours it.
  return { ...stop, priority: context.index };
}

function customerStop({ stopId, stop }: RouteVisit & { kind: "stop" }, { plan }: Context): RouteImportStop {
  const { lat, lng, customerName, items } = stop;
  const position = lat === null || lng === null ? undefined : { lat, lng };
  const { startAt, endAt } = windowOf(stop, plan.options);
  const isMoment = startAt !== undefined && endAt !== undefined && Date.parse(startAt) >= Date.parse(endAt);
  return {
    externalStopId: stopId,
    address: cut(oneLine(stop.address ?? "").trim() || positionText(position), 500),
    ...(position && { latitude: position.lat, longitude: position.lng }),
    ...(customerName && { label: cut(oneLine(customerName), 300) }),
    notes: cut(notesOf(stop, plan, isMoment ? startAt : undefined), 2_000),
    serviceType: "delivery",
    durationMinutes: Math.min(unloadingMinutes(stop, plan.options), 1_440),
    ...(startAt !== undefined && !isMoment && { timeWindowStart: startAt }),
    ...(endAt !== undefined && !isMoment && { timeWindowEnd: endAt }),
    parcelCount: wholeParcels(items.map(({ quantity }) => quantity)),
  };
}

function depotStop(visit: Exclude<RouteVisit, { kind: "stop" }>, { plan, route }: Context): RouteImportStop {
  const { from, to } = endsOf(plan, route);
  const place: Place = visit.kind === "end" && to ? to : from;
  const trip = visit.kind === "reload" ? visit.trip : 1;
  const loads = route.loads.filter((load) => (load.trip ?? 1) === trip && load.quantity !== "0");
  const load = loads.map(({ material, quantity }) => `${material} ${quantity}`).join(", ");
  const minutes = vehicleOf(plan, route)?.reloadMinutes;
  return {
    externalStopId: visit.stopId,
    address: cut(oneLine(place.address ?? "").trim() || positionText(place), 500),
    latitude: place.lat,
    longitude: place.lng,
    label: visit.kind === "reload" ? `仓库 Depot, 第 ${trip} 趟 trip ${trip}` : "仓库 Depot",
    ...(visit.kind !== "end" && load !== "" && { notes: cut(`装车 Load: ${load}`, 2_000) }),
    ...(visit.kind === "reload" && minutes !== undefined && { durationMinutes: Math.min(minutes, 1_440) }),
    parcelCount: 0,
  };
}

function vehicleOf({ vehicles }: Plan, { licensePlate }: PlanRoute) {
  return vehicles.find((vehicle) => vehicle.licensePlate === licensePlate);
}

/** What is unloaded, by shipment; whom to call and what the customer remarked stand with it. */
function notesOf(stop: PlanStop, { shipments }: Plan, moment: string | undefined): string {
  const lines = stop.shipmentIds.map((id) => {
    const own = stop.items.filter(({ shipmentId }) => String(shipmentId) === String(id));
    const goods = own.map(({ material, quantity }) => `${material} ${quantity}`).join(", ");
    return `卸货 Unload #${id}: ${goods || "-"}`;
  });
  const asked = stop.shipmentIds.flatMap((id) => {
    const shipment = shipments.find((one) => String(one.id) === String(id));
    const contact = [shipment?.contactName, shipment?.contactPhone].filter(Boolean).join(" ");
    return [contact && `联系 Contact: ${contact}`, shipment?.remark && `备注 Note: ${shipment.remark}`];
  });
  const time = moment === undefined ? [] : [`时间 Time: ${moment}`];
  const facts = [
    ...lines,
    ...time,
    ...new Set(asked.filter((fact) => typeof fact === "string" && fact !== "")),
  ];
  return facts.map((fact) => oneLine(String(fact)).trim()).join("; ");
}

/** Rolls are handed over whole: a part of one is one. */
function wholeParcels(quantities: readonly string[]): number {
  const parsed = quantities.flatMap((quantity) => parseDecimal(quantity) ?? []);
  const scale = Math.max(0, ...parsed.map((decimal) => decimal.scale));
  const digits = parsed.reduce((sum, decimal) => sum + rescale(decimal, scale), 0n);
  return Math.ceil(Number(formatDecimal({ digits, scale })));
}

/**
 * The vendor wants an IANA name and a plan has an offset alone: where all of China has that offset it is Shanghai's,
 * elsewhere several zones may have it today and differ tomorrow.
 */
function timezoneOf({ options: { depot } }: Plan, departAt: string): string | undefined {
  return isWithinChina(depot) && departAt.endsWith(chinaOffset) ? "Asia/Shanghai" : undefined;
}

function positionText(position: { lat: number; lng: number } | undefined): string {
  return position ? `${position.lat}, ${position.lng}` : "";
}

function cut(text: string, maximumLength: number): string {
  return text.length > maximumLength ? `${text.slice(0, maximumLength - 1)}…` : text;
}
