/** Says which items are of a material; exactly one of the three conditions is set. */
export type MaterialRule = {
  ruleId: string;
  material: string;
  itemName?: string;
  itemNameContains?: string;
  hasPrintingJob?: boolean;
  createdAt: string;
};
