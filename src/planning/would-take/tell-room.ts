import type { MaterialQuantity, PlanChange } from "../../domain/plan-change.ts";
import type { Vehicle } from "../../domain/vehicle.ts";
import { tripLoads } from "../complete/loads.ts";
import type { Tour } from "../complete/visits.ts";
import type { Load } from "../prepare/cargo.ts";
import { describeLoad } from "../prepare/load-words.ts";
import { quantityText } from "../prepare/quantities.ts";
import { fits } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { Relaxation } from "./relax.ts";
import type { Told } from "./tell-limit.ts";
import type { Wide } from "./widen.ts";

/** More room on the vehicle; where the company has another that is large enough, that one in its place. */
export function tellRoom(wide: Wide, tour: Tour, { vehicle, amount, lacks }: Relaxation): Told {
  const { prepared } = wide;
  const { room, request } = prepared;
  const own = request.vehicles[vehicle]!;
  const { licensePlate } = own;
  const percent = Number((amount * 100).toFixed(1));
  const needed = room.capacity[vehicle]!.map((most, material) => {
    if (!lacks) return Math.ceil(most * (1 + amount) - 1e-6);
    return lacks[material]! > 0 ? most + lacks[material]! : 0;
  });
  const materialCapacities = writeQuantities(prepared, needed);
  const more = lacks ? describeMore(prepared, lacks) : `${percent} % more room`;
  const text = `with ${more} on ${licensePlate}`;
  const told = {
    change: "larger_vehicle" as const,
    licensePlate,
    ...(lacks ? { room: writeQuantities(prepared, lacks) } : { roomPercent: percent }),
    materialCapacities,
  };
  const spare = findSpare(wide, tour);
  if (spare) {
    const { licensePlate: spareLicensePlate } = spare;
    const instead = `${text}, or ${spareLicensePlate} in its place`;
    return { ...told, spareLicensePlate, text: instead, before: [putInPlaceOf(own, spare)] };
  }
  const capacities = materialCapacities.map(({ material, quantity }) => ({
    materialName: material,
    capacity: Number(quantity),
  }));
  return { ...told, text, before: [{ op: "set_vehicle", licensePlate, materialCapacities: capacities }] };
}

/** A vehicle that the plan was not offered and that carries every trip of the tour. */
function findSpare({ prepared, vehicles }: Wide, { stays }: Tour): Vehicle | undefined {
  const loads = tripLoads(prepared, stays);
  const spare = vehicles.find(
    ({ isOwned, vehicle }) => isOwned && loads.every((load) => fits(prepared.room, vehicle, load)),
  );
  return spare && prepared.request.vehicles[spare.vehicle];
}

/** The other vehicle with the rules of the one whose route it drives. */
function putInPlaceOf({ licensePlate, materialCapacities }: Vehicle, spare: Vehicle): PlanChange {
  const taken = new Set(spare.materialCapacities.map(({ materialName }) => materialName));
  const without = materialCapacities.filter(({ materialName }) => !taken.has(materialName));
  return {
    op: "set_vehicle",
    licensePlate,
    newLicensePlate: spare.licensePlate,
    materialCapacities: [
      ...spare.materialCapacities.map(({ materialName, capacity }) => ({ materialName, capacity })),
      ...without.map(({ materialName }) => ({ materialName, capacity: 0 })),
    ],
  };
}

/** "40 条 more of 坯布 and 10 条 of 成品". */
function describeMore({ cargo }: PreparedPlan, lacks: Load): string {
  return describeLoad(lacks, cargo).replace(" 条 of ", " 条 more of ");
}

/** What is in a load, by material. */
export function writeQuantities({ cargo }: PreparedPlan, load: Load): MaterialQuantity[] {
  return load.flatMap((quantity, index) =>
    quantity > 0
      ? [{ material: cargo.materials[index]!, quantity: quantityText(quantity, cargo.scale) }]
      : [],
  );
}
