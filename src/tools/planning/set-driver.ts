import * as z from "zod";
import type { App } from "../../app.ts";
import { isEmail } from "../../domain/email.ts";
import { Failure } from "../../domain/failure.ts";
import type { Vehicle } from "../../domain/vehicle.ts";
import { quote } from "../../domain/vendor-text.ts";
import { licensePlate, plainText } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { unlessNotFound } from "../unless-not-found.ts";

/** Who drives, as RouteMate knows drivers. */
export const driverEmail = plainText(254).refine(isEmail, {
  error: "takes one e-mail address, such as wang@example.com",
});

export const setDriver = defineTool({
  name: "set_driver",
  title: "Set a vehicle's driver",
  description:
    "Says who drives a vehicle, by the e-mail that RouteMate knows the driver by: dispatch_plan sends the vehicle's routes there. " +
    "It holds until it is set again; routes that are out keep the driver they went to. list_vehicles shows it. 设置司机、指派司机邮箱",
  access: "write",
  mayAskVendors: true,
  input: z.strictObject({ license_plate: licensePlate, driver_email: driverEmail }),
  output: z.object({
    license_plate: z.string(),
    driver_email: z.string(),
    previous_driver_email: z.string().nullable().describe("Null: nobody was set"),
    warnings: z.array(z.string()),
  }),
  async run({ license_plate, driver_email }, app, { signal }) {
    const doubt = await doubtOfPlate(license_plate, app, signal);
    const store = await app.store();
    const set = await store.drivers.set({ licensePlate: license_plate, driverEmail: driver_email });
    const { previousEmail, otherPlates } = set;
    const warnings = [
      ...(doubt === undefined ? [] : [doubt]),
      ...(otherPlates.length > 0 ? [drivesAnother(driver_email, otherPlates)] : []),
    ];
    return {
      data: { license_plate, driver_email, previous_driver_email: previousEmail, warnings },
      text: [describe(set), ...warnings.map((warning) => `Note: ${warning}`)].join("\n"),
    };
  },
});

/** Vehicles that a plan was given by hand are not in the ERP: a plate it does not know is a doubt, not an error. */
async function doubtOfPlate(plate: string, app: App, signal: AbortSignal): Promise<string | undefined> {
  if (!app.config.fleet) return undefined;
  try {
    const fleet = await app.fleet();
    const known = await unlessNotFound(fleet.getVehicle({ licensePlate: plate, signal }));
    if (known) return undefined;
    refuseName(plate, await fleet.allVehicles({ signal }));
    return `The ERP has no vehicle ${quote(plate)}: list_vehicles gives the plates as they are spelled.`;
  } catch (error) {
    if (signal.aborted || !(error instanceof Failure) || error.code === "invalid_input") throw error;
    return `The ERP could not be asked whether it has a vehicle ${quote(plate)} (${error.code}).`;
  }
}

/** 大卡车 is what a truck is called, and no plate: nothing would ever be sent by it. */
function refuseName(asked: string, vehicles: readonly Vehicle[]): void {
  const plates = vehicles.filter(({ name }) => name === asked).map(({ licensePlate }) => licensePlate);
  if (plates.length === 0) return;
  throw new Failure("invalid_input", `\`license_plate\` is ${quote(asked)}, the name of a vehicle.`, {
    hint: `Its plate is ${plates.slice(0, mostPlates).join(" or ")}.`,
    fields: ["license_plate"],
  });
}

const mostPlates = 5;

function drivesAnother(email: string, plates: readonly string[]): string {
  const shown = plates.slice(0, mostPlates).map((plate) => quote(plate));
  const more = plates.length > mostPlates ? ` and ${plates.length - mostPlates} more` : "";
  return `${quote(email, 60)} drives ${shown.join(", ")}${more} as well: one driver can't take two routes at a time.`;
}

function describe(set: { licensePlate: string; driverEmail: string; previousEmail: string | null }): string {
  const { licensePlate: plate, driverEmail: email, previousEmail } = set;
  if (previousEmail === email) return `${quote(plate)} is driven by ${quote(email, 60)}, as before.`;
  const before = previousEmail === null ? "" : `; before it was ${quote(previousEmail, 60)}`;
  return `${quote(plate)} is driven by ${quote(email, 60)} from now on${before}.`;
}
