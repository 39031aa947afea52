import type { Random } from "../random.ts";
import type { Routes } from "../routes.ts";
import type { VehicleChoice } from "../vehicle-choice.ts";

/** How often vehicles are taken to cost less while they are not full. */
const discountChance = 0.3;
/** How often the larger types are barred. */
const barChance = 0.12;

type FleetContext = { routes: Routes; choice: VehicleChoice; random: Random };

/** On some rounds bars the types that are larger than one drawn at random; says whether it did. */
export function barSome({ routes, choice, random }: FleetContext): boolean {
  if (!choice.isMixed || random.fraction() >= barChance) return false;
  choice.barLarger(random.below(routes.model.types.count));
  return true;
}

/** On some rounds grants a discount on vehicles that are not full. */
export function drawDiscount({ choice, random }: FleetContext): void {
  if (choice.discount.isUseful && random.fraction() < discountChance)
    choice.discount.share = random.fraction();
}

/** Ends bar and discount, and gives the routes that have changed the vehicles that are cheapest in truth. */
export function endOtherFleet({ routes, choice }: Pick<FleetContext, "routes" | "choice">): void {
  choice.barLarger(-1);
  if (choice.discount.share === 0) return;
  choice.discount.share = 0;
  for (let place = 0; place < routes.touchedCount; place++) {
    const route = routes.touched[place]!;
    if (routes.size[route] === 0 || choice.cheapestAsIs(route) === Number.POSITIVE_INFINITY) continue;
    routes.setType(route, choice.type);
    routes.rescore(route);
  }
}
