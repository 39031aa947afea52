import type { Town } from "./town.ts";

/** What the model knows of one plan: nothing of routes, only what must hold of them. */
export type ModelPlan = {
  planId: string;
  revision: number;
  /** Every shipment that the plan has ever had, by identifier. */
  shipments: Set<string>;
  /** Room by plate and material, as the last accepted change left it. */
  capacities: Map<string, Map<string, number>>;
  /** Each dispatched route, byte for byte, by plate. */
  frozen: Map<string, string>;
};

/** The simple model that the real thing is held against. */
export type Model = {
  town: Town;
  plans: ModelPlan[];
  /** How often each shipment was let go out again. */
  releases: Map<string, number>;
};

/** Nothing has been planned yet. */
export function emptyModel(town: Town): Model {
  return { town, plans: [], releases: new Map() };
}
