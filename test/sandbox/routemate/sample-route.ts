/** A stop whose position is known, so that nothing is geocoded. */
export function stopAt(externalStopId: string, lat: number, lng: number) {
  return {
    external_stop_id: externalStopId,
    address: `广州市测试路${externalStopId}号`,
    latitude: lat,
    longitude: lng,
  };
}

const depot = stopAt("DEPOT-START", 23.0652, 113.2958);

/** A closed route from the depot over as many stops as asked for, each about a kilometer further north-east. */
export function closedRoute(externalJobId: string, stops = 3) {
  const customers = Array.from({ length: stops }, (_, index) =>
    stopAt(`S-${index + 1}`, depot.latitude + (index + 1) * 0.007, depot.longitude + (index + 1) * 0.006),
  );
  return {
    external_job_id: externalJobId,
    title: "天河 上午",
    driver_email: "driver@example.com",
    stops: [depot, ...customers, { ...depot, external_stop_id: "DEPOT-END" }],
  };
}
