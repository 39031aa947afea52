import { vehicleRule } from "../load/rule-fields.ts";

/** What a dispatcher rarely changes of a vehicle: taken, but not worth the words. */
export const rarelySet = { served: false };

const { license_plates: _, ...ruleShape } = vehicleRule.shape;
const {
  start,
  end,
  return_to_depot,
  fixed_yuan,
  yuan_per_km,
  yuan_per_hour,
  breaks,
  reload_minutes,
  ...usual
} = ruleShape;

/** The rules of one vehicle, as `vehicle_rules` of plan_load have them. */
export const vehicleRuleFields = {
  ...usual,
  breaks: breaks.meta(rarelySet),
  reload_minutes: reload_minutes.meta(rarelySet),
  start: start.meta(rarelySet),
  end: end.meta(rarelySet),
  return_to_depot: return_to_depot.meta(rarelySet),
  fixed_yuan: fixed_yuan.meta(rarelySet),
  yuan_per_km: yuan_per_km.meta(rarelySet),
  yuan_per_hour: yuan_per_hour.meta(rarelySet),
};
