import type { Identifier } from "./identifier.ts";
import type { Coordinates } from "./place.ts";

/** One line of a shipment. `quantity` is an exact decimal as text. `material` is set by a caller who knows it. */
export type SalesItem = {
  id?: Identifier;
  name: string;
  quantity: string;
  material?: string;
  unit?: Identifier | null;
  unitDisplay?: string | null;
  position?: string | null;
  remark?: string | null;
  printingJobId?: Identifier | null;
  printingJobWidth?: string | null;
};

/** A shipment that waits to be delivered (fleet.txt, Shipment). */
export type Shipment = {
  id: Identifier;
  merchantId?: Identifier;
  customer?: Identifier | null;
  customerName?: string | null;
  shipmentDate?: string | null;
  address?: string | null;
  contactName?: string | null;
  contactPhone?: string | null;
  area?: string | null;
  remark?: string | null;
  status?: string | null;
  statusDisplay?: string | null;
  externalId?: Identifier | null;
  geoCoordinates: Coordinates | null;
  /** Null while the shipment is unshipped; else the vendor's delivery note, whose shape its document leaves open. */
  delivery?: unknown;
  salesItems: SalesItem[];
  createdAt?: string;
  updatedAt?: string;
};
