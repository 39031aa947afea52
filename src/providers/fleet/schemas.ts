import { z } from "zod";
import { decimalText, identifier, looseNumber } from "../wire.ts";

/** A text that the ERP may leave empty. */
const text = z.string().nullable();

/** Anything that may be meant as degrees; what is no position is sorted out afterwards. */
const degrees = z.union([z.number(), z.string()]).nullish();

/** fleet.txt, TransportVehicle */
export const vehicleSchema = z.looseObject({
  id: identifier,
  merchant_id: identifier,
  name: text,
  license_plate: z.string().min(1),
  material_capacities: z.array(
    z.looseObject({ id: identifier, material_name: z.string(), capacity: looseNumber }),
  ),
  created_at: z.string(),
  updated_at: z.string(),
});

const salesItemSchema = z.looseObject({
  id: identifier,
  name: z.string(),
  quantity: decimalText,
  unit: identifier.nullable(),
  unit_display: text,
  position: text,
  remark: text,
  printing_job_id: identifier.nullable(),
  printing_job_width: text,
});

/** fleet.txt, Shipment(出货单) */
export const shipmentSchema = z.looseObject({
  id: identifier,
  merchant_id: identifier,
  customer: identifier.nullable(),
  customer_name: text,
  shipment_date: text,
  address: text,
  contact_name: text,
  contact_phone: text,
  area: text,
  remark: text,
  status: text,
  status_display: text,
  external_id: identifier.nullable(),
  geo_coordinates: z.looseObject({ lat: degrees, lng: degrees }).nullable(),
  delivery: z.unknown(),
  sales_items: z.array(salesItemSchema),
  created_at: z.string(),
  updated_at: z.string(),
});

/** A page: only `results` is sure to be there. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.looseObject({
    count: z.int().nonnegative().nullish(),
    next: z.string().nullish(),
    results: z.array(item),
  });
}

export type WireVehicle = z.infer<typeof vehicleSchema>;
export type WireShipment = z.infer<typeof shipmentSchema>;
export type WirePage<Item> = {
  count?: number | null | undefined;
  next?: string | null | undefined;
  results: Item[];
};
