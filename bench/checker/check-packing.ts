import type { PackingInstance } from "../instances/read-vbp.ts";

/** What a solver says: the vehicle of each item (-1: none), and the type of each vehicle. */
export type PackingAnswer = { vehicleOf: ArrayLike<number>; typeOf: ArrayLike<number> };

/** Computes an answer's cost from the instance alone, and tells what is wrong with it. */
export function checkPacking(
  instance: PackingInstance,
  answer: PackingAnswer,
): { cost: number; faults: string[] } {
  const { types, items } = instance;
  const faults: string[] = [];
  const used = Array.from(answer.typeOf);
  const loads = used.map(() => new Array<number>(types[0]?.cap.length ?? 0).fill(0));
  for (const [item, amounts] of items.entries()) {
    const load = loads[answer.vehicleOf[item] ?? -1];
    if (load) for (const [d, amount] of amounts.entries()) load[d] = (load[d] ?? 0) + amount;
    else faults.push(`item ${item} is in no vehicle`);
  }
  let cost = 0;
  for (const [vehicle, load] of loads.entries()) {
    const type = types[used[vehicle] ?? -1];
    if (!type) {
      faults.push(`vehicle ${vehicle} is of no type`);
      continue;
    }
    cost += type.cost;
    for (const [d, most] of type.cap.entries()) {
      if ((load[d] ?? 0) > most)
        faults.push(`vehicle ${vehicle} has ${load[d]} of ${most} in dimension ${d}`);
    }
  }
  for (const [type, { count }] of types.entries()) {
    const many = used.filter((of) => of === type).length;
    if (many > count) faults.push(`${many} vehicles of type ${type}, of which there are ${count}`);
  }
  return { cost, faults };
}
