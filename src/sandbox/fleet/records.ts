/** A vehicle as it goes over the wire (fleet.txt, TransportVehicle). */
export type VehicleRecord = {
  id: number;
  merchant_id: number;
  name: string;
  license_plate: string;
  material_capacities: { id: number; material_name: string; capacity: number }[];
  created_at: string;
  updated_at: string;
};

/** One line of a shipment as it goes over the wire (fleet.txt, Shipment). */
export type SalesItemRecord = {
  id: number;
  name: string;
  quantity: string;
  unit: number;
  unit_display: string;
  position: string;
  remark: string;
  printing_job_id: number | null;
  printing_job_width: string | null;
};

/** A shipment as it goes over the wire (fleet.txt, Shipment). */
export type ShipmentRecord = {
  id: number;
  merchant_id: number;
  customer: number;
  customer_name: string;
  shipment_date: string;
  address: string;
  contact_name: string;
  contact_phone: string;
  area: string;
  remark: string;
  status: string;
  status_display: string;
  external_id: string | null;
  geo_coordinates: { lat: number; lng: number } | null;
  /** The delivery note's id, null while the shipment is unshipped. */
  delivery: number | null;
  sales_items: SalesItemRecord[];
  created_at: string;
  updated_at: string;
};

/** A line as the ERP keeps it: one that was deleted softly is still there. */
export type StoredItem = SalesItemRecord & { isDeleted: boolean };

/** A shipment as the ERP keeps it. */
export type StoredShipment = Omit<ShipmentRecord, "sales_items"> & { sales_items: StoredItem[] };

/** What the ERP holds, of all merchants. */
export type FleetRecords = { vehicles: VehicleRecord[]; shipments: StoredShipment[] };
