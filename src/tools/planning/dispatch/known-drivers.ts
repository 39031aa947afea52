import type { Store } from "../../../state/open-store.ts";

/** What earlier imports told of a driver: has an account, was invited, or never heard of. */
export type DriverStanding = "known" | "invited" | "new";

/** Tells what the ledger knows of drivers. RouteMate invites an e-mail that it has no account for. */
export async function knownDrivers({
  routeImports,
}: Pick<Store, "routeImports">): Promise<(email: string) => DriverStanding> {
  const standings = new Map<string, DriverStanding>();
  for (const { driverEmail, isDriverKnown } of await routeImports.find({})) {
    const email = driverEmail.toLowerCase();
    if (isDriverKnown) standings.set(email, "known");
    else if (isDriverKnown === false && !standings.has(email)) standings.set(email, "invited");
  }
  return (email) => standings.get(email.toLowerCase()) ?? "new";
}
