import type { App } from "../../../app.ts";
import { quote } from "../../../domain/vendor-text.ts";
import { nearestName } from "../../nearest-name.ts";

const shownMaterials = 12;

/**
 * What is strange about a material that no vehicle of the ERP carries: its items would be on no route. Nothing is said
 * where the ERP can't be asked or has no vehicle: the rule is kept whatever it says.
 */
export async function warnOfMaterial(
  material: string,
  app: App,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!app.config.fleet) return undefined;
  const vehicles = await app
    .fleet()
    .then((fleet) => fleet.allVehicles({ merchantId: undefined, signal }))
    .catch(() => []);
  const carried = new Set(
    vehicles.flatMap(({ materialCapacities }) =>
      materialCapacities
        .filter(({ capacity }) => capacity > 0)
        .map(({ materialName }) => materialName.trim()),
    ),
  );
  if (carried.size === 0 || carried.has(material.trim())) return undefined;
  const nearest = nearestName(material, [...carried]);
  const meant = nearest === undefined ? "" : ` Is ${quote(nearest)} meant?`;
  const names = [...carried].slice(0, shownMaterials).map((name) => quote(name));
  const more = carried.size > shownMaterials ? ` and ${carried.size - shownMaterials} more` : "";
  return `No vehicle of the ERP carries ${quote(material)}, so such items go on none of them; they carry ${names.join(", ")}${more}.${meant}`;
}
