import type { VehicleRecord } from "../records.ts";

/** A vehicle of the factory with the rolls (条) it takes of each material. */
export type VehicleSeed = { name: string; licensePlate: string; capacities: Record<string, number> };

/** What the factory counts its loads in. */
export const materials = ["坯布", "成品", "辅料"] as const;

export type Material = (typeof materials)[number];

/** The factory's fleet. The first vehicle is the one that fleet.txt shows. */
export const factoryVehicles: readonly VehicleSeed[] = [
  { name: "大卡车", licensePlate: "粤A12345", capacities: { 坯布: 500, 成品: 300, 辅料: 400 } },
  { name: "9.6米厢车", licensePlate: "粤A3F618", capacities: { 坯布: 420, 成品: 360, 辅料: 420 } },
  { name: "7.6米厢车", licensePlate: "粤A8Q207", capacities: { 坯布: 400, 成品: 320, 辅料: 360 } },
  { name: "6.8米厢车", licensePlate: "粤A5D936", capacities: { 坯布: 300, 成品: 240, 辅料: 260 } },
  { name: "6.2米高栏车", licensePlate: "粤A7L450", capacities: { 坯布: 280, 成品: 260, 辅料: 240 } },
  { name: "4.2米厢车一号", licensePlate: "粤A2B871", capacities: { 坯布: 180, 成品: 150, 辅料: 160 } },
  { name: "4.2米厢车二号", licensePlate: "粤A9T063", capacities: { 坯布: 160, 成品: 140, 辅料: 150 } },
  { name: "金杯面包车", licensePlate: "粤A4W529", capacities: { 成品: 90, 辅料: 100 } },
];

/** Another merchant's fleet in the same ERP: one plate is the factory's too, as fleet.txt allows. */
export const neighbourVehicles: readonly VehicleSeed[] = [
  { name: "邻厂货车", licensePlate: "粤A12345", capacities: { 瓷砖: 900 } },
  { name: "邻厂叉车拖板", licensePlate: "粤A6N310", capacities: { 瓷砖: 350 } },
];

/** The wire records of a fleet; ids count on from `firstId`. */
export function createVehicles(
  seeds: readonly VehicleSeed[],
  { merchantId, firstId, createdAt }: { merchantId: number; firstId: number; createdAt: string },
): VehicleRecord[] {
  return seeds.map(({ name, licensePlate, capacities }, index) => ({
    id: firstId + index,
    merchant_id: merchantId,
    name,
    license_plate: licensePlate,
    material_capacities: Object.entries(capacities).map(([material_name, capacity], place) => ({
      id: (firstId + index) * 10 + place,
      material_name,
      capacity,
    })),
    created_at: createdAt,
    updated_at: createdAt,
  }));
}
