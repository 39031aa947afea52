/** routemate.txt, 导入任务与停靠点, 请求示例. */
export const documentImport = {
  external_job_id: "BATCH-2026-03-09-A",
  title: "Morning Deliveries - Zone A",
  driver_email: "driver@example.com",
  scheduled_date: "2026-03-09",
  timezone: "Australia/Brisbane",
  stops: [
    {
      external_stop_id: "ORD-1001",
      address: "1 George St, Brisbane QLD 4000, Australia",
      label: "John Smith",
      notes: "Leave at front door",
      priority: 1,
      parcel_count: 2,
    },
    {
      external_stop_id: "ORD-1002",
      address: "100 Queen St, Brisbane QLD 4000, Australia",
      label: "Jane Doe",
      notes: "Ring doorbell",
      priority: 2,
    },
    {
      external_stop_id: "ORD-1003",
      address: "South Bank Parklands, Brisbane QLD 4101, Australia",
      label: "Bob Wilson",
      priority: 3,
      parcel_count: 1,
    },
  ],
};

/** routemate.txt, 导入任务与停靠点, 成功响应 200. */
export const documentImportAnswer = {
  job_id: "e7ad097b-bc51-4d01-9b04-0e372d80613a",
  external_job_id: "BATCH-2026-03-09-A",
  route_id: "1c2a8c0b-1b69-4a04-85b1-608b2ebe3878",
  driver_email: "driver@example.com",
  driver_resolved: true,
  driver_user_id: "573b6bee-aa3d-4cb0-af87-620bba0db049",
  stops_imported: 3,
  stops_geocoded: 3,
  stops_geocode_failed: 0,
  optimization: {
    total_distance_km: 12.4,
    total_duration_minutes: 25,
    encoded_polyline: "fvmfDqmfe\\bPtA...",
  },
  stops: [
    {
      external_stop_id: "ORD-1001",
      address: "1 George St, Brisbane QLD 4000, Australia",
      latitude: -27.471,
      longitude: 153.0234,
      label: "John Smith",
      notes: "Leave at front door",
      sort_order: 0,
      priority: 1,
      parcel_count: 2,
      status: "pending",
    },
    {
      external_stop_id: "ORD-1003",
      address: "South Bank Parklands, Brisbane QLD 4101, Australia",
      latitude: -27.4753,
      longitude: 153.0208,
      label: "Bob Wilson",
      notes: null,
      sort_order: 1,
      priority: 3,
      parcel_count: 1,
      status: "pending",
    },
    {
      external_stop_id: "ORD-1002",
      address: "100 Queen St, Brisbane QLD 4000, Australia",
      latitude: -27.4688,
      longitude: 153.0281,
      label: "Jane Doe",
      notes: "Ring doorbell",
      sort_order: 2,
      priority: 2,
      parcel_count: 1,
      status: "pending",
    },
  ],
  deep_link: "https://app.routemate.app/app/jobs/e7ad097b-...",
  warnings: [
    { code: "ADDRESS_GEOCODED", message: "3 stop(s) were geocoded from address text" },
    { code: "ROUTE_OPTIMIZED", message: "Route optimized: 12.4 km, 25 min" },
  ],
};

/** routemate.txt, 查询任务状态, 成功响应 200: the keys of a job and of its stops. */
export const documentJobKeys = {
  job: [
    ...["job_id", "external_job_id", "title", "status", "driver_email", "driver_resolved", "driver_user_id"],
    ...["route_id", "scheduled_date", "timezone", "metadata", "stop_count", "status_counts", "deep_link"],
    ...["stops", "created_at", "updated_at"],
  ],
  stop: [
    ...["external_stop_id", "address", "latitude", "longitude", "label", "notes", "status", "priority"],
    "parcel_count",
  ],
};
