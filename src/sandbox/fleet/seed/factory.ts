import type { Place } from "../../../domain/place.ts";
import { areas } from "../../gazetteer.ts";
import { createRandom } from "../../random.ts";
import type { FleetRecords, StoredShipment, VehicleRecord } from "../records.ts";
import { createCustomers, type Unlocated } from "./customers.ts";
import { type AreaOddities, draftShipments } from "./drafts.ts";
import { factoryDay, factoryTime } from "./factory-day.ts";
import { type AreaRolls, createShipments, type UnnumberedShipment } from "./shipments.ts";
import { createVehicles, factoryVehicles, neighbourVehicles } from "./vehicles.ts";

/** The factory's number in the ERP, the one fleet.txt uses. */
export const merchantId = 10;
/** Another merchant of the same ERP: whoever asks for merchant 10 must not see it. */
const neighbourMerchantId = 11;

/** Where the factory's vehicles start. */
export const depot: Required<Place> = {
  lat: 23.0652,
  lng: 113.2958,
  address: "广州市海珠区南洲路188号岭织纺织厂",
};

type AreaPlan = { rolls: AreaRolls; oddities: AreaOddities; unlocated: Unlocated };

/** What waits in each area. The largest vehicles take 500, 420 and 400 of 坯布: an area needs three or four vehicles. */
const areaPlans: Record<(typeof areas)[number], AreaPlan> = {
  天河: {
    rolls: { 坯布: 960, 成品: 480, 辅料: 190 },
    oddities: { hasOversize: false, hasAmbiguous: false },
    unlocated: { withoutCoordinates: 1, withoutAddress: 0 },
  },
  番禺: {
    rolls: { 坯布: 1040, 成品: 520, 辅料: 210 },
    oddities: { hasOversize: true, hasAmbiguous: false },
    unlocated: { withoutCoordinates: 2, withoutAddress: 1 },
  },
  白云: {
    rolls: { 坯布: 1380, 成品: 560, 辅料: 240 },
    oddities: { hasOversize: false, hasAmbiguous: true },
    unlocated: { withoutCoordinates: 1, withoutAddress: 0 },
  },
  佛山: {
    rolls: { 坯布: 1150, 成品: 640, 辅料: 260 },
    oddities: { hasOversize: false, hasAmbiguous: false },
    unlocated: { withoutCoordinates: 2, withoutAddress: 1 },
  },
};

/** Everything the ERP holds. The same seed on the same day gives the same records. */
export function seedFactory({ seed, startedAt }: { seed: number; startedAt: number }) {
  const day = factoryDay(startedAt);
  const shipments = areas.flatMap((area, index) => {
    const random = createRandom(seed * areas.length + index);
    const { rolls, oddities, unlocated } = areaPlans[area];
    const customers = createCustomers(area, { random, firstId: 100 * (index + 1), unlocated });
    return createShipments(draftShipments(customers, { random, oddities }), { random, rolls, day });
  });
  const records: FleetRecords = {
    vehicles: [...vehiclesOf(merchantId), ...vehiclesOf(neighbourMerchantId)],
    shipments: [
      ...numberShipments(shipments, { merchant: merchantId, firstId: 1001 }),
      ...numberShipments(neighbourShipments(shipments), { merchant: neighbourMerchantId, firstId: 9001 }),
    ],
  };
  return { records, areaNames: [...areas] };
}

function vehiclesOf(merchant: number): VehicleRecord[] {
  const createdAt = factoryTime(Date.UTC(2026, 3, 1));
  const options = { merchantId: merchant, firstId: merchant === merchantId ? 1 : 101, createdAt };
  return createVehicles(merchant === merchantId ? factoryVehicles : neighbourVehicles, options);
}

/** The other merchant delivers to a few of the same doors: only the merchant tells its shipments apart. */
function neighbourShipments(shipments: readonly UnnumberedShipment[]): UnnumberedShipment[] {
  return shipments.filter(({ delivery }) => delivery === null).filter((_, place) => place % 20 === 0);
}

/** Numbers shipments and their items in the order of their creation. */
function numberShipments(
  shipments: readonly UnnumberedShipment[],
  { merchant, firstId }: { merchant: number; firstId: number },
): StoredShipment[] {
  return shipments
    .toSorted((a, b) => a.created_at.localeCompare(b.created_at))
    .map((shipment, place) => {
      const id = firstId + place;
      const items = shipment.sales_items.map((item, line) => ({ id: id * 10 + line, ...item }));
      return { id, merchant_id: merchant, ...shipment, sales_items: items };
    });
}
