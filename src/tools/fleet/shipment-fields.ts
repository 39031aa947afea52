import * as z from "zod";
import type { SalesItem, Shipment } from "../../domain/shipment.ts";
import { anyIdentifier, decimal, identifier, latitude, longitude, plainText } from "../fields.ts";

/** Fields that planning carries along without reading them. */
const passive = z.unknown().optional();

/** What is taken from a list as it is, but that nobody needs to write. */
const unserved = { served: false };

const salesItemInput = z.strictObject({
  name: plainText(300),
  quantity: decimal,
  material: plainText(100).optional().describe("If known; else the material rules decide"),
  printing_job_id: identifier.nullish().meta(unserved),
  id: passive,
  unit: passive,
  unit_display: passive,
  position: passive,
  remark: passive,
  printing_job_width: passive,
});

/** A shipment as plan_load takes it: what list_unshipped_shipments gives, or just the fields that planning needs. */
export const shipmentInput = z.strictObject({
  id: identifier,
  sales_items: z.array(salesItemInput).min(1).max(500),
  geo_coordinates: z.strictObject({ lat: latitude, lng: longitude }).nullish(),
  customer: identifier.nullish().meta(unserved),
  customer_name: z.string().max(300).nullish(),
  address: z.string().max(500).nullish(),
  merchant_id: passive,
  shipment_date: passive,
  contact_name: passive,
  contact_phone: passive,
  area: passive,
  remark: passive,
  status: passive,
  status_display: passive,
  external_id: passive,
  delivery: passive,
  created_at: passive,
  updated_at: passive,
});

const optionalText = z.string().optional();

/** A shipment as the list gives it (fleet.txt, Shipment). Fields that the vendor leaves empty are left out. */
export const shipmentAnswer = z.object({
  id: anyIdentifier,
  customer: anyIdentifier.optional(),
  customer_name: optionalText,
  shipment_date: optionalText,
  address: optionalText,
  contact_name: optionalText,
  contact_phone: optionalText,
  area: optionalText,
  remark: optionalText,
  status: optionalText,
  status_display: optionalText,
  external_id: anyIdentifier.optional(),
  geo_coordinates: z.object({ lat: z.number(), lng: z.number() }).nullable(),
  delivery: z.unknown().optional(),
  sales_items: z.array(
    z.object({
      id: anyIdentifier.optional(),
      name: z.string(),
      quantity: z.string(),
      unit: anyIdentifier.optional(),
      unit_display: optionalText,
      position: optionalText,
      remark: optionalText,
      printing_job_id: anyIdentifier.optional(),
      printing_job_width: optionalText,
    }),
  ),
  merchant_id: anyIdentifier.optional(),
  created_at: optionalText,
  updated_at: optionalText,
});

/** The shipment in the tools' spelling. */
export function fromShipment(shipment: Shipment): z.input<typeof shipmentAnswer> {
  const known = withoutEmpty({
    customer: shipment.customer,
    customer_name: shipment.customerName,
    shipment_date: shipment.shipmentDate,
    address: shipment.address,
    contact_name: shipment.contactName,
    contact_phone: shipment.contactPhone,
    area: shipment.area,
    remark: shipment.remark,
    status: shipment.status,
    status_display: shipment.statusDisplay,
    external_id: shipment.externalId,
    delivery: shipment.delivery,
    merchant_id: shipment.merchantId,
    created_at: shipment.createdAt,
    updated_at: shipment.updatedAt,
  });
  const { geoCoordinates, salesItems, id } = shipment;
  return { id, ...known, geo_coordinates: geoCoordinates, sales_items: salesItems.map(fromSalesItem) };
}

function fromSalesItem(item: SalesItem) {
  const known = withoutEmpty({
    id: item.id,
    unit: item.unit,
    unit_display: item.unitDisplay,
    position: item.position,
    remark: item.remark,
    printing_job_id: item.printingJobId,
    printing_job_width: item.printingJobWidth,
  });
  return { ...known, name: item.name, quantity: item.quantity };
}

/** The shipment that a caller wrote in the tools' spelling. */
export function toShipment(fields: z.output<typeof shipmentInput>): Shipment {
  return {
    id: fields.id,
    geoCoordinates: fields.geo_coordinates ?? null,
    ...(fields.customer != null && { customer: fields.customer }),
    customerName: fields.customer_name ?? null,
    address: fields.address ?? null,
    ...(typeof fields.created_at === "string" && { createdAt: fields.created_at }),
    salesItems: fields.sales_items.map(({ name, quantity, material, printing_job_id }) => ({
      name,
      quantity,
      ...(material !== undefined && { material }),
      ...(printing_job_id !== undefined && { printingJobId: printing_job_id }),
    })),
  };
}

type Present<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], null | undefined> };

function withoutEmpty<Fields extends Record<string, unknown>>(fields: Fields): Present<Fields> {
  const entries = Object.entries(fields).filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  return Object.fromEntries(entries) as Present<Fields>;
}
