import fc from "fast-check";
import type { PlanOptions } from "../../src/domain/plan.ts";
import type { PlanChange } from "../../src/domain/plan-change.ts";
import type { PlanRequest } from "../../src/planning/prepare/request.ts";
import { depot, planOptions, shipment, vehicle } from "./plan-request.ts";

const materials = ["坯布", "成品"];
export const plates = ["粤A00000", "粤A00001", "粤A00002"];
const mostShipments = 10;

const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
type Without<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };
const without = <Value extends object>(value: Value): Without<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, own]) => own !== undefined)) as Without<Value>;
const quantity = fc.integer({ min: 1, max: 3000 }).map((hundredths) => (hundredths / 100).toFixed(2));
const offset = fc.integer({ min: -20, max: 20 }).map((hundredths) => hundredths / 100);
const place = fc.record({ lat: offset, lng: offset, isKnown: fc.integer({ min: 0, max: 8 }) });
const id = fc.nat(mostShipments - 1);
const plate = fc.constantFrom(...plates);
const hour = fc
  .integer({ min: 8, max: 14 })
  .map((hours) => `2026-11-23T${String(hours).padStart(2, "0")}:00:00+08:00`);

const shipments = fc
  .record({
    places: fc.array(place, { minLength: 5, maxLength: 5 }),
    orders: fc.array(fc.record({ customer: fc.nat(4), quantities: fc.tuple(quantity, quantity) }), {
      minLength: 3,
      maxLength: mostShipments,
    }),
  })
  .map(({ places, orders }) =>
    orders.map(({ customer, quantities }, index) => {
      const { lat, lng, isKnown } = places[customer]!;
      return shipment(
        index,
        Object.fromEntries(quantities.map((value, column) => [materials[column]!, value])),
        {
          customer,
          customerName: `客户${customer}`,
          address: `${customer}号`,
          geoCoordinates: isKnown > 0 ? { lat: depot.lat + lat, lng: depot.lng + lng } : null,
        },
      );
    }),
  );

const fleet = fc
  .array(
    fc.record({
      capacities: fc.tuple(fc.integer({ min: 20, max: 150 }), fc.integer({ min: 20, max: 150 })),
      maxTrips: some(fc.constantFrom(2, 3)),
      maxMinutes: some(fc.integer({ min: 120, max: 400 })),
      maxStops: some(fc.integer({ min: 2, max: 5 })),
    }),
    { minLength: 2, maxLength: 3 },
  )
  .map((rows) =>
    rows.map(({ capacities, ...rules }, index) => ({
      ...vehicle(
        plates[index]!,
        Object.fromEntries(capacities.map((most, column) => [materials[column]!, most])),
      ),
      ...without(rules),
    })),
  );

const limits: fc.Arbitrary<Partial<PlanOptions>> = fc.oneof(
  fc.constant({}),
  fc
    .array(fc.record({ shipmentId: id, startAt: hour }), { maxLength: 3 })
    .map((timeWindows) => ({ timeWindows })),
  fc
    .array(fc.record({ shipmentId: id, licensePlate: fc.constantFrom(plates[0]!, plates[1]!) }), {
      maxLength: 2,
    })
    .map((locks) => ({ locks })),
  fc.uniqueArray(id, { minLength: 2, maxLength: 3 }).map((group) => ({ sameVehicle: [group] })),
  fc.uniqueArray(id, { minLength: 2, maxLength: 2 }).map((group) => ({ differentVehicles: [group] })),
);

/** Requests of a few shipments on a few vehicles, with one kind of agreement each. */
export const anyRequest: fc.Arbitrary<PlanRequest> = fc
  .record({
    shipments,
    fleet,
    limits,
    capacityModel: fc.constantFrom<PlanOptions["capacityModel"]>("independent", "shared"),
    objective: fc.constantFrom<PlanOptions["objective"]>("fewest_vehicles", "shortest_distance"),
    returnToDepot: fc.boolean(),
  })
  .map(({ shipments: orders, fleet: vehicles, limits: limit, ...basics }) => {
    const isThere = (one: string | number) => Number(one) < orders.length;
    const { timeWindows = [], locks = [], sameVehicle = [], differentVehicles = [] } = limit;
    const options = planOptions({
      ...basics,
      timeWindows: timeWindows.filter(({ shipmentId }) => isThere(shipmentId)),
      locks: locks.filter(({ shipmentId }) => isThere(shipmentId)),
      sameVehicle: sameVehicle.filter((group) => group.every(isThere)),
      differentVehicles: differentVehicles.filter((group) => group.every(isThere)),
      timeLimitSeconds: 0.01,
    });
    return { shipments: orders, vehicles, rules: [], options };
  });

const at = { position: some(fc.integer({ min: 1, max: 4 })), trip: fc.constant(undefined) };
const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 2 });

/** Any change of such a plan; many of them are refused. */
export const anyChange: fc.Arbitrary<PlanChange> = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        op: fc.constant("move" as const),
        shipmentIds: ids,
        licensePlate: plate,
        ...at,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ op: fc.constant("swap" as const), shipmentId: id, withShipmentId: id }),
    },
    { weight: 2, arbitrary: fc.record({ op: fc.constant("remove" as const), shipmentIds: ids }) },
    {
      weight: 2,
      arbitrary: fc.record({ op: fc.constant("add" as const), shipmentIds: ids, licensePlate: some(plate) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constant("split" as const),
        shipmentId: id,
        licensePlate: plate,
        items: quantity.map((amount) => [{ material: "坯布", quantity: amount }]),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        op: fc.constant("lock" as const),
        shipmentIds: ids,
        position: some(fc.constant(1)),
        notAfter: some(hour),
      }),
    },
    { weight: 1, arbitrary: fc.record({ op: fc.constant("unlock" as const), shipmentIds: ids }) },
    {
      weight: 1,
      arbitrary: fc.record({ op: fc.constant("set_window" as const), shipmentId: id, startAt: some(hour) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        op: fc.constant("set_priority" as const),
        shipmentId: id,
        priority: fc.nat(100),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        op: fc.constant("set_vehicle" as const),
        licensePlate: plate,
        outOfService: some(fc.boolean()),
        newLicensePlate: some(fc.constant("粤B99999")),
        materialCapacities: some(
          fc.integer({ min: 10, max: 200 }).map((capacity) => [{ materialName: "坯布", capacity }]),
        ),
      }),
    },
  )
  .map((change) => without(change) as PlanChange);
